"""A form about a family's people, as data: what it asks, what is known already, and which command it gives.

All of them are shown by one template, answered by one pair of routes, and show both versions in the same way.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.referral.people.queries.people_record import PeopleRecord
from services.referral.people.web.people_words import ASKS, Ask
from services.referral.staff.web.dates import date_inputs
from services.referral.team.database.team_work import TeamWork
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotFound
from shared.kernel.nhs_number import spaced
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, NhsNumber, OneCode, Question, Text, WholeNumber, YesOrNo

MOST_RADIOS = 8
"""A longer list is a select."""


@dataclass(frozen=True)
class Choice:
    """One of a list, as a page offers it."""

    value: str
    label: str


@dataclass(frozen=True)
class Place:
    """Where a form was opened."""

    record: PeopleRecord
    subject: UUID | None
    """The person, dyad, flag or consent that it is about; None: the whole family."""
    today: date

    @property
    def id(self) -> UUID:
        """Of what the form is about; raises NotFound when it was opened for the whole family."""
        if self.subject is None:
            raise no_such_page()
        return self.subject


@dataclass(frozen=True)
class FieldShown:
    """One question as the template shows it."""

    name: str
    kind: str
    label: str
    hint: str | None
    items: Sequence[Choice] = ()


Values = dict[str, Any]
"""Field → value, as a form understands it."""


def no_such_page() -> NotFound:
    return NotFound("people_page", "There is no such page. Look at the family's people.")


def _no_values(place: Place) -> Values:  # noqa: ARG001
    return {}


def _no_words(place: Place) -> str:
    if place.subject is not None:
        raise no_such_page()
    return ""


def _no_sentence(place: Place) -> str:  # noqa: ARG001
    return ""


def _no_choices(place: Place) -> Mapping[str, Sequence[Choice]]:  # noqa: ARG001
    return {}


def _no_asks(place: Place) -> Mapping[str, Ask]:  # noqa: ARG001
    return {}


@dataclass(frozen=True)
class Screen:
    """One form."""

    title: str
    form: Callable[[Place], type[Form]]
    store: Callable[[Any, Place, TeamWork], Awaitable[Any]]
    """Gives the form's command."""
    done: str
    """What the banner says afterwards."""
    button: str = "Save"
    about: Callable[[Place], str] = _no_words
    """Whom or what, for the heading; raises NotFound when the family has no such thing."""
    known: Callable[[Place], Values] = _no_values
    """What the record says now."""
    choices: Callable[[Place], Mapping[str, Sequence[Choice]]] = _no_choices
    asks: Callable[[Place], Mapping[str, Ask]] = _no_asks
    """Words that differ from the usual ones."""
    intro: tuple[str, ...] = ()
    warning: str = ""
    intro_of: Callable[[Place], str] = _no_sentence
    """A sentence that depends on the record."""


def fields_of(screen: Screen, place: Place) -> list[FieldShown]:
    """The questions of a form in their order, without the hidden one."""
    asks, choices = {**ASKS, **screen.asks(place)}, screen.choices(place)
    return [
        _field(name, question, asks[name], choices.get(name, ()))
        for name, question in screen.form(place).questions().items()
        if name != "version"
    ]


def inputs_of(values: Values) -> dict[str, str | list[str]]:
    """What the inputs of a form hold for these values."""
    inputs: dict[str, str | list[str]] = {}
    for name, value in values.items():
        if isinstance(value, date):
            inputs |= date_inputs(name, value)
        else:
            inputs[name] = _input(value)
    return inputs


def in_words(screen: Screen, place: Place, values: Values) -> list[tuple[str, str]]:
    """Question and answer, for the page with both versions."""
    return [
        (shown.label, _words(shown, values.get(shown.name)))
        for shown in fields_of(screen, place)
        if shown.name in values
    ]


def _field(name: str, question: Question, ask: Ask, items: Sequence[Choice]) -> FieldShown:
    kind, listed = _kind(question, items)
    return FieldShown(name, kind, ask.label, ask.hint, listed)


def _kind(question: Question, items: Sequence[Choice]) -> tuple[str, Sequence[Choice]]:
    match question:
        case OneCode():
            codes = items or [Choice(code.value, code.label) for code in question.of]
            return ("radios" if len(codes) <= MOST_RADIOS else "one_of"), codes
        case Identifier():
            return ("radios" if question.missing else "one_of"), items
        case DateParts():
            return "date", ()
        case YesOrNo():
            return "yes_or_no", ()
        case _:
            return _LINES.get(type(question), "line"), ()


_LINES: dict[type[Question], str] = {Text: "text", NhsNumber: "nhs_number", WholeNumber: "number", Line: "line"}


def _input(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Code():
            return value.value
        case _:
            return str(value)


def _words(shown: FieldShown, value: Any) -> str:
    match value:
        case None | "":
            words = "None"
        case bool():
            words = "Yes" if value else "No"
        case Code():
            words = value.label
        case date():
            words = date_words(value)
        case UUID():
            words = next((item.label for item in shown.items if item.value == str(value)), "None")
        case _:
            words = spaced(value) if shown.kind == "nhs_number" else str(value)
    return words
