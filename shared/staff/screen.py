"""A form whose page is made from its questions: it needs no template of its own."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.staff.answer_words import Ask, fields_of
from shared.staff.form_page import AForm, FormPage, Place, Work
from shared.web.forms import Form


class ConfirmForm(Form):
    """A page that only asks whether to go on."""


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
    above: str = ""
    """A template that stands above the form."""
    button: str = "Save"
    done: str = ""
    """What the page says that it leads to, which knows it by `name`."""

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.path.rpartition("/")[2]

    def leads_to(self, place: Place) -> str:
        return self.to(place) if self.to else f"{super().leads_to(place)}?done={self.name}"

    def asks_on(self, place: Place) -> Mapping[str, Ask]:
        return {**self.asks, **self.asks_at(place)}

    def context(self, place: Place) -> dict[str, Any]:
        questions = self.form_on(place).questions()
        return {
            **super().context(place),
            "screen": self,
            "about": self.about(place),
            "sentence": self.sentence(place),
            "fields": [
                one
                for one in fields_of(self.form_on(place), self.asks_on(place), self.choices(place))
                if one.name not in self.leaves_out(place)
            ],
            "hidden": [name for name, question in questions.items() if question.is_hidden],
        }
