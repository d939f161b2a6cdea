"""What a figure is: its words, which are shown beside it, and how it is counted. A changed one is a new version.

Source: reference 7.1; `number` is the indicator's number there. Where one line of it names two figures, the second has
a hundred more (121 is the second of 21), and a third two hundred.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.reporting.indicators.domain.tally import Tally


class Shape(StrEnum):
    """What kind of number it is, which says how it is drawn, judged and hidden."""

    COUNT = "count"
    SHARE = "share"
    """Per cent of the denominator."""
    RATE = "rate"
    """For each thousand of the denominator."""
    DAYS = "days"
    """Median and 90th of waits, by nearest rank (`percentile_disc`)."""
    MEAN = "mean"


class Direction(StrEnum):
    """What is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"

    @property
    def words(self) -> str:
        return {"more": "More is better", "less": "Less is better", "neither": "Neither more nor less is better"}[self]


@dataclass(frozen=True)
class Target:
    """What is aimed at from a month on. The last that has begun is the one that counts."""

    holds_from: date
    value: Decimal
    """In the unit of the figure: per cent for a share, days for a wait."""
    source: str
    """Who set it, and where."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A definition. `numerator` alone for a count; of the `denominator` for everything else."""

    number: int
    version: int = 1
    name: str
    priority: int
    """1 to 3: the strategy's priorities."""
    shape: Shape
    direction: Direction
    numerator: str
    denominator: str | None = None
    counts: Tally
    """The numerator."""
    among: Tally | None = None
    """The denominator."""
    is_mix: bool = False
    """Each part is a share of all (who refers), not of the same part of the denominator."""
    time: str
    sources: tuple[str, ...]
    """The types of the events that it is counted from."""
    why: str
    """Why it matters to families."""
    owner: str = "Regional lead"
    checked_by: str = "A second regional lead"
    next_review: date = date(2027, 4, 1)
    valid_from: date = date(2020, 1, 1)
    targets: tuple[Target, ...] = ()
    profile: str = "regional"
    """The suppression profile for those inside; outside it is always `strict`."""
    alerts: bool = True
    """Whether anybody may be told of it by a signal."""

    @property
    def line(self) -> int:
        """Of the reference's catalogue."""
        return self.number % 100

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Numerator, then denominator if it has one."""
        return (self.counts, self.among) if self.among else (self.counts,)

    @property
    def is_of_a_year(self) -> bool:
        """Whether a month's figure is of the twelve that end with it."""
        return any(tally.is_of_a_year for tally in self.tallies)

    @property
    def overlaps(self) -> bool:
        """Neighbouring months share most of what they count, so that runs and ranges say nothing."""
        return any(tally.overlaps for tally in self.tallies)

    @property
    def adds_up(self) -> bool:
        """Whether the figure of several months is the sum of theirs; of medians it never is."""
        return self.shape is not Shape.DAYS and all(tally.adds_up for tally in self.tallies)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways in which it is also counted in parts, such as `tier`; for the region where numbers are small."""
        return tuple(dict.fromkeys(way for term in self.counts.terms for way in term.parts))

    @property
    def digest(self) -> str:
        """Of all that says what is counted and what it means. Who looks after it, and what is aimed at, may change."""
        told = asdict(self)
        for name in ("owner", "checked_by", "next_review", "targets"):
            del told[name]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    def target(self, month: date) -> Target | None:
        """The one that holds in the month."""
        begun = [target for target in self.targets if target.holds_from <= month]
        return max(begun, key=lambda target: target.holds_from, default=None)
