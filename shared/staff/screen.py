"""A form whose page is made from its questions: it needs no template of its own."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.staff.answer_words import Ask, FieldShown, asked_of, fields_of
from shared.staff.form_page import AForm, FormPage, Place, Work
from shared.web.forms import Form
from shared.web.questions import Text


class ConfirmForm(Form):
    """A page that only asks whether to go on."""


@dataclass(frozen=True)
class Zone:
    """Questions that stand together, in a column of their own where the page is wide."""

    heading: str
    questions: tuple[str, ...]
    """One that depends on another stands with it if it is not named in any zone."""


@dataclass(frozen=True, kw_only=True)
class Screen(FormPage[Place, AForm, Work]):
    """One form and all words of its page."""

    template: str = "screen.html"
    about: Callable[[Place], str] = field(default=lambda _: "")
    """Whom or what, for the heading."""
    intro: tuple[str, ...] = ()
    sentence: Callable[[Place], str] = field(default=lambda _: "")
    """Of the intro, where it depends on the record."""
    warning: str = ""
    asks_at: Callable[[Place], Mapping[str, Ask]] = field(default=lambda _: {})
    """Words that depend on the record."""
    leaves_out: Callable[[Place], Container[str]] = field(default=lambda _: ())
    """Questions that cannot apply to this record."""
    zones: Sequence[Zone] = ()
    """Where a page has more questions than fit under one another."""
    above: str = ""
    """A template that stands above the form."""
    button: str = "Save"
    done: str = ""
    """What the page says that it leads to, which knows it by `name`."""

    def __post_init__(self) -> None:
        """Raises TypeError when a question stands in no zone."""
        lost = {one.name for one in self._asked(fields_of(self.form, {}, {}))} - self._zoned
        if self.zones and lost:
            raise TypeError(f"{self.path}: {', '.join(sorted(lost))} in no zone")

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.path.rpartition("/")[2]

    def leads_to(self, place: Place) -> str:
        return self.to(place) if self.to else f"{super().leads_to(place)}?done={self.name}"

    def asks_on(self, place: Place) -> Mapping[str, Ask]:
        return {**self.asks, **self.asks_at(place)}

    def context(self, place: Place) -> dict[str, Any]:
        form = self.form_on(place)
        asked = self._asked(fields_of(form, self.asks_on(place), self.choices(place)), self.leaves_out(place))
        return {
            **super().context(place),
            "screen": self,
            "about": self.about(place),
            "sentence": self.sentence(place),
            "zones": self._zones(asked),
            "hidden": [name for name, question in form.questions().items() if question.is_hidden],
            "is_typed": any(isinstance(one, Text) for one in form.questions().values()),
        }

    @property
    def _zoned(self) -> set[str]:
        return {name for zone in self.zones for name in zone.questions}

    def _asked(self, fields: Sequence[FieldShown], leaves_out: Container[str] = ()) -> list[FieldShown]:
        return asked_of(fields, leaves_out=leaves_out, apart=self._zoned)

    def _zones(self, asked: Sequence[FieldShown]) -> list[tuple[str, list[FieldShown]]]:
        """Heading and questions; those that have something to ask here."""
        if not self.zones:
            return [("", list(asked))]
        by_name = {one.name: one for one in asked}
        zones = [(zone.heading, [by_name[name] for name in zone.questions if name in by_name]) for zone in self.zones]
        return [zone for zone in zones if zone[1]]
