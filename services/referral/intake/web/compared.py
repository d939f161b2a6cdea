"""Families side by side: what each record says, and in words where it agrees, for those who must decide on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.referral.intake.domain.duplicate import Description, dates_like, near_name
from shared.kernel.calendar import date_words
from shared.kernel.name_words import same_name
from shared.kernel.nhs_number import spaced


@dataclass(frozen=True)
class Cell:
    """One thing that a record says."""

    words: str
    mark: str = ""
    """`the same`, `nearly the same`; empty where it agrees with nothing."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    label: str
    cells: Sequence[Sequence[Cell]]
    """One for each record, the asked one first."""


def compared(asked: Description, known: Sequence[Description]) -> list[Row]:
    """Marks stand with the known records only."""
    return [
        Row(label, [[Cell(word) for word in words(asked)], *(_marked(words, agree, asked, one) for one in known)])
        for label, words, agree in _LINES
    ]


Agree = Callable[[Description, str], str]


def _marked(
    words: Callable[[Description], list[str]], agree: Agree, asked: Description, one: Description
) -> list[Cell]:
    return [Cell(word, agree(asked, word)) for word in words(one)]


def _names(of: Description) -> list[str]:
    return [baby.name or "Not born or not named yet" for baby in of.babies]


def _dates(of: Description) -> list[str]:
    born = [f"Born {date_words(baby.born_on)}" for baby in of.babies if baby.born_on]
    return born + [f"Due {date_words(baby.due_on)}" for baby in of.babies if baby.due_on]


def _numbers(of: Description) -> list[str]:
    return [spaced(baby.nhs_number) for baby in of.babies if baby.nhs_number]


def _agree_name(names: Sequence[str], word: str) -> str:
    if any(same_name(name, word) for name in names):
        return "the same"
    return "nearly the same" if any(near_name(name, word) for name in names) else ""


def _agree_date(asked: Description, word: str) -> str:
    if word in _dates(asked):
        return "the same"
    near = [day for baby in asked.babies if baby.born_on for day in dates_like(baby.born_on)]
    return "nearly the same" if word in [f"Born {date_words(day)}" for day in near] else ""


def _same(words: Callable[[Description], list[str]]) -> Agree:
    return lambda asked, word: "the same" if word in words(asked) else ""


def _carers(of: Description) -> list[str]:
    return list(of.carers)


def _phones(of: Description) -> list[str]:
    return sorted(of.phones)


def _homes(of: Description) -> list[str]:
    return sorted(of.postcodes)


_LINES: tuple[tuple[str, Callable[[Description], list[str]], Agree], ...] = (
    ("Baby", _names, lambda asked, word: _agree_name([baby.name for baby in asked.babies if baby.name], word)),
    ("Date", _dates, _agree_date),
    ("NHS number", _numbers, _same(_numbers)),
    ("Parents and carers", _carers, lambda asked, word: _agree_name(asked.carers, word)),
    ("Phone", _phones, _same(_phones)),
    ("Postcode", _homes, _same(_homes)),
)
