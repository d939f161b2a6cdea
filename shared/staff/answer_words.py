"""The answers of a form as inputs hold them, and in words."""

from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Protocol
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words
from shared.kernel.nhs_number import spaced
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import (
    Identifier,
    NhsNumber,
    OneCode,
    Question,
    SeveralCodes,
    SeveralIdentifiers,
    Text,
    WholeNumber,
    YesOrNo,
)
from shared.web.when import NO, YES, When

MOST_RADIOS = 8
"""A longer list is a select."""

Values = Mapping[str, Any]
"""Field → value, as a form understands it."""
Words = list[tuple[str, str]]
"""Question and answer."""


@dataclass(frozen=True)
class Ask:
    """The words of one question."""

    label: str
    hint: str | None = None
    is_select: bool = False
    """Its choices are a list to open, however few they are."""


class Choice(Protocol):
    """One of a list, as a page offers it."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Offered:
    """A choice that is nothing else."""

    value: str
    label: str


@dataclass(frozen=True)
class FieldShown:
    """One question as a template shows it."""

    name: str
    kind: str
    label: str
    hint: str | None
    items: Sequence[Choice] = ()
    when: When | None = None
    only: str = ""
    """On which answer it depends, in words, for whoever has no script."""
    then: Sequence["FieldShown"] = ()
    """Those that depend on its answer; they stand after it."""


def inputs_of(values: Values) -> dict[str, str | list[str]]:
    """What the inputs of a form hold for these values."""
    inputs: dict[str, str | list[str]] = {}
    for name, value in values.items():
        if isinstance(value, date):
            inputs |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        elif isinstance(value, list | tuple | AbstractSet):
            inputs[name] = [_input(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        else:
            inputs[name] = _input(value)
    return inputs


def fields_of(
    form: type[Form], asks: Mapping[str, Ask], choices: Mapping[str, Sequence[Choice]]
) -> Sequence[FieldShown]:
    """The questions of a form in their order, without the hidden ones."""
    return [
        _field(name, question, asks.get(name) or Ask(name.replace("_", " ").capitalize()), choices.get(name, ()))
        for name, question in form.questions().items()
        if not question.is_hidden
    ]


def asked_of(
    fields: Sequence[FieldShown], *, leaves_out: Container[str] = (), apart: Container[str] = ()
) -> list[FieldShown]:
    """The questions of a page: each with those that depend on its answer, but for those that stand `apart`."""
    by_name: dict[str, FieldShown] = {}
    for one in fields:
        if one.name not in leaves_out and (one.when is None or one.when.question in by_name):
            by_name[one.name] = one if one.when is None else replace(one, only=_only(one.when, by_name))
    beside = [one for one in by_name.values() if one.when and one.name not in apart]
    return [_with_those_that_depend(one, beside) for one in by_name.values() if one not in beside]


def _only(when: When, by_name: Mapping[str, FieldShown]) -> str:
    on = by_name[when.question]
    words = {YES: "Yes", NO: "No"} | {str(item.value): item.label for item in on.items}
    return f"{on.label}: {' or '.join(words[one] for one in when.answers if one in words) or 'any'}"


def _with_those_that_depend(one: FieldShown, beside: Sequence[FieldShown]) -> FieldShown:
    then = [
        _with_those_that_depend(other, beside) for other in beside if other.when and other.when.question == one.name
    ]
    return replace(one, then=then)


def words_of(
    form: type[Form],
    values: Values,
    asks: Mapping[str, Ask],
    choices: Mapping[str, Sequence[Choice]],
    *,
    has_all: bool = False,
) -> Words:
    """Question and answer, in the form's order; without those that do not apply.

    Args:
        has_all: with what was typed where it does not apply, or not yet.
    """
    given = {name: [held] if isinstance(held, str) else held for name, held in inputs_of(values).items()}
    answered = [one for one in fields_of(form, asks, choices) if one.name in values]
    shown = [one for one in answered if form.asks(one.name, given) or (has_all and values[one.name])]
    return [(one.label, _words(one, values[one.name])) for one in shown]


def _field(name: str, question: Question, ask: Ask, items: Sequence[Choice]) -> FieldShown:
    if isinstance(question, OneCode | SeveralCodes) and not items:
        items = [Offered(code.value, code.label) for code in question.of]
    kind = "one_of" if ask.is_select else _kind(question, len(items))
    return FieldShown(name, kind, ask.label, ask.hint, items, question.applies)


def _kind(question: Question, choices: int) -> str:
    match question:
        case OneCode():
            return "radios" if choices <= MOST_RADIOS else "one_of"
        case Identifier():
            return "radios" if question.missing else "one_of"
        case _:
            known = next((_KINDS[kind] for kind in type(question).__mro__ if kind in _KINDS), None)
            return known or ("radios" if choices else "line")


_KINDS: dict[type[Question], str] = {
    Text: "text",
    NhsNumber: "nhs_number",
    WholeNumber: "number",
    DateParts: "date",
    YesOrNo: "yes_or_no",
    SeveralCodes: "checkboxes",
    SeveralIdentifiers: "checkboxes",
}


def _input(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Code():
            return value.value
        case time():
            return f"{value:%H:%M}"
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
        case time():
            words = f"{value:%H:%M}"
        case UUID():
            words = next((item.label for item in shown.items if item.value == str(value)), "None")
        case list() | tuple() | AbstractSet():
            several: list[str] = sorted(_words(shown, one) for one in value)  # pyright: ignore[reportUnknownVariableType]
            words = ", ".join(several) or "None"
        case _:
            words = spaced(value) if shown.kind == "nhs_number" else str(value)
    return words
