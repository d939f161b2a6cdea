"""Families whom teams work with, and at which tier. Source: reference 7.1, lines 20 and 21."""

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, at_end, monthly
from shared.contracts.referral import RegionalEpisodeOpened, RegionalTierChanged

_AT_WORK = "IN ('universal', 'targeted', 'specialist', 'risk')"
CAME = Term(table="tier_movement", where=f"to_tier {_AT_WORK}", parts={"tier": "to_tier"})
WENT = Term(table="tier_movement", where=f"from_tier {_AT_WORK}", value="-1", parts={"tier": "from_tier"})
MOVED = Term(
    table="tier_movement",
    where="from_tier IS NOT NULL AND from_tier <> to_tier",
    parts={"move": "from_tier || ' ' || to_tier"},
)
"""An episode's beginning has no tier that it came from."""

OPEN_FAMILIES_BY_TIER = Indicator(
    number=20,
    version=1,
    name="Open families by tier",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Families whom a team works with at one tier; one that moved to community is no longer among them",
    denominator="All families whom a team works with",
    counts=at_end(CAME, WENT),
    time="End of the month; now, in a month that goes on",
    sources=(RegionalEpisodeOpened.type, RegionalTierChanged.type),
    why="What a team can carry depends on how much each family needs.",
)

TIER_MOVES = Indicator(
    number=21,
    version=1,
    name="Moves between tiers",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Families that moved from one tier to another; a family that moved twice counts twice",
    counts=monthly(MOVED),
    time="Month from which the move holds",
    sources=(RegionalTierChanged.type,),
    why="Moves show whether help follows need.",
)

CAPACITY_DRIVEN_MOVES = Indicator(
    number=121,
    version=1,
    name="Moves for want of capacity",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Moves made because the team had no room at the right level",
    denominator="All moves between tiers",
    counts=monthly(MOVED.having("capacity_driven")),
    among=monthly(MOVED),
    time="Month from which the move holds",
    sources=(RegionalTierChanged.type,),
    why="Where space decides, need does not.",
)

WORK_WITH_FAMILIES = (OPEN_FAMILIES_BY_TIER, TIER_MOVES, CAPACITY_DRIVEN_MOVES)
