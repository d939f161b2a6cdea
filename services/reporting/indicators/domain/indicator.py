"""What each figure counts, in words that are shown beside it. A changed definition is a new version, never an edit.

Source: reference 7.1; `number` is the indicator's number there.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


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
    version: int
    name: str
    priority: int
    """1 to 3: the strategy's priorities."""
    shape: Shape
    direction: Direction
    numerator: str
    denominator: str | None = None
    time: str
    sources: tuple[str, ...]
    """The types of the events that it is counted from."""
    why: str
    """Why it matters to families."""
    owner: str
    checked_by: str
    next_review: date
    valid_from: date
    targets: tuple[Target, ...] = ()
    profile: str = "regional"
    """The suppression profile for those inside; outside it is always `strict`."""
    alerts: bool = True
    """Whether anybody may be told of it by a signal."""
    ways: tuple[str, ...] = ()
    """The ways in which it is also counted in parts, such as `tier`; for the region only, where numbers are small."""

    def target(self, month: date) -> Target | None:
        """The one that holds in the month."""
        begun = [target for target in self.targets if target.holds_from <= month]
        return max(begun, key=lambda target: target.holds_from, default=None)


REFERRALS_RECEIVED = Indicator(
    number=1,
    version=1,
    name="Referrals received",
    priority=3,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Referrals that came in, by any way in",
    time="Calendar month in which the referral was received",
    sources=("uk.pairs.regional.referral_received.v1",),
    why="A family that is not referred is not helped; a sudden fall is a way in that has closed.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

SOURCE_MIX = Indicator(
    number=6,
    version=1,
    name="Source mix",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals received from one group of referrers",
    denominator="All referrals received",
    time="Month in which the referral was received",
    sources=("uk.pairs.regional.referral_received.v1",),
    why="Who refers shows who knows of the team, and who never does.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

DECIDED_IN_TIME = Indicator(
    number=9,
    version=1,
    name="Decided within 5 working days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Referrals decided within 5 working days; the day after receipt is the first, bank holidays do not count",
    denominator="All referrals decided",
    time="Month in which triage decided",
    sources=(
        "uk.pairs.regional.referral_accepted.v1",
        "uk.pairs.regional.referral_closed.v1",
    ),
    why="A baby's month is long; nobody should wait to hear whether there is help at all.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

ACCEPTANCE = Indicator(
    number=10,
    version=1,
    name="Acceptance",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that triage accepted",
    denominator="All referrals decided",
    time="Month in which triage decided",
    sources=(
        "uk.pairs.regional.referral_accepted.v1",
        "uk.pairs.regional.referral_closed.v1",
    ),
    why="A team that turns many away is asked for what it does not give, or is too full.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

REASONS_NOT_ACCEPTED = Indicator(
    number=11,
    version=1,
    name="Reasons for not accepting",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that ended in another way than acceptance, for one reason",
    denominator="All referrals that ended in another way than acceptance",
    time="Month in which triage decided",
    sources=("uk.pairs.regional.referral_closed.v1",),
    why="The reasons say what is missing around the team.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

OPEN_FAMILIES_BY_TIER = Indicator(
    number=20,
    version=1,
    name="Open families by tier",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Families whom a team works with at one tier; one that moved to community is no longer among them",
    denominator="All families whom a team works with",
    time="Now",
    sources=(
        "uk.pairs.regional.episode_opened.v1",
        "uk.pairs.regional.tier_changed.v1",
    ),
    why="What a team can carry depends on how much each family needs.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

TIER_MOVES = Indicator(
    number=21,
    version=1,
    name="Moves between tiers",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Families that moved from one tier to another; a family that moved twice counts twice",
    time="Month from which the move holds",
    sources=("uk.pairs.regional.tier_changed.v1",),
    why="Moves show whether help follows need.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)

CAPACITY_DRIVEN_MOVES = Indicator(
    number=21,
    version=1,
    name="Moves for want of capacity",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Moves made because the team had no room at the right level",
    denominator="All moves between tiers",
    time="Month from which the move holds",
    sources=("uk.pairs.regional.tier_changed.v1",),
    why="Where space decides, need does not.",
    owner="Regional lead",
    checked_by="A second regional lead",
    next_review=date(2027, 4, 1),
    valid_from=date(2020, 1, 1),
)
