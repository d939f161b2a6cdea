"""How a figure is counted from facts, as data: which facts, of which months, and in which parts.

An expression is SQL over the columns of one fact table, as in a projection. Nothing here is typed by anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Over(StrEnum):
    """Which months' facts a month's figure is counted from."""

    MONTH = "month"
    """Its own."""
    YEAR = "year"
    """Its own and the eleven before it."""
    AT_END = "at_end"
    """All up to its end: what came less what went."""


OF_MONTHS_BEFORE_TOO = frozenset({"supervision_reckoned"})
"""Tables of which a fact of a month is of some before it as well: supervision is reckoned of 84 days."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """The sum of an expression over the facts of one table for which a condition holds.

    Args:
        value: what facts that are alike add, of which there are `number`; a correction is a fact of -1.
        days: for waits: how long they were; `value` is then how many there were.
        parts: by the way of counting in parts, the expression that says which part a fact is in.
        by: facts with the same value of this take each other's place: of a month the last in the stream alone counts;
            at a month's end, the last of those that have begun.
        until: with `Over.AT_END`: the day before which a fact holds; none holds for longer.
    """

    table: str
    where: str = "true"
    value: str = "number"
    days: str = ""
    parts: Mapping[str, str] = field(default_factory=dict[str, str])
    by: str = ""
    until: str = ""

    def having(self, condition: str) -> "Term":
        """Of the same facts those for which this holds too."""
        return replace(self, where=condition if self.where == "true" else f"({self.where}) AND ({condition})")


@dataclass(frozen=True)
class Tally:
    """The sum of several terms."""

    terms: tuple[Term, ...]
    over: Over = Over.MONTH

    @property
    def is_of_a_year(self) -> bool:
        """A month's figure is of the twelve that end with it."""
        return self.over is Over.YEAR or any(term.until for term in self.terms)

    @property
    def overlaps(self) -> bool:
        """Neighbouring months share most of what they count."""
        return self.is_of_a_year or any(term.table in OF_MONTHS_BEFORE_TOO for term in self.terms)

    @property
    def adds_up(self) -> bool:
        """What happened in months does; what was there at their ends, or is reckoned for each anew, does not."""
        return self.over is Over.MONTH and not any(term.by for term in self.terms)


def monthly(*terms: Term) -> Tally:
    return Tally(terms)


def yearly(*terms: Term) -> Tally:
    return Tally(terms, Over.YEAR)


def at_end(*terms: Term) -> Tally:
    return Tally(terms, Over.AT_END)
