"""Work with families: tiers, reviews, interventions, who comes back. Source: reference 7.1, 20 to 22, 30 to 34."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, at_end, monthly, yearly
from services.reporting.indicators.packs.waiting import CASELOAD
from shared.contracts.ending import (
    RegionalEpisodeDischarged,
    RegionalEpisodeDischargedCorrected,
    RegionalFamilyRereferred,
    RegionalFamilyRereferredCorrected,
)
from shared.contracts.pathway import (
    RegionalInterventionEnded,
    RegionalInterventionStarted,
    RegionalPlanAgreed,
    RegionalReviewCompleted,
)
from shared.contracts.reckoning import RegionalCaseloadReckoned
from shared.contracts.referral import RegionalEpisodeOpened, RegionalTierChanged

_AT_WORK = "IN ('universal', 'targeted', 'specialist', 'risk')"
CAME = Term(table="tier_movement", where=f"to_tier {_AT_WORK}", parts={"tier": "to_tier"})
WENT = Term(table="tier_movement", where=f"from_tier {_AT_WORK}", value="-number", parts={"tier": "from_tier"})
MOVED = Term(
    table="tier_movement",
    where="from_tier IS NOT NULL AND from_tier <> to_tier",
    parts={"move": "from_tier || ' ' || to_tier"},
)
"""An episode's beginning has no tier that it came from."""

OPEN_FAMILIES = replace(CASELOAD, value="open_universal + open_targeted + open_specialist + open_risk")
REVIEWED = Term(table="review_completed")
ENDED = Term(table="intervention_ended", parts={"intervention": "intervention"})
PLANNED = Term(table="plan_agreed")
FOLLOWED_UP = Term(table="followed_up")
"""A discharge, and a return after one, as facts of the month a year after the discharge."""

_RECKONED = (RegionalCaseloadReckoned.type,)
_FOLLOWED_UP = (
    RegionalEpisodeDischarged.type,
    RegionalEpisodeDischargedCorrected.type,
    RegionalFamilyRereferred.type,
    RegionalFamilyRereferredCorrected.type,
)
_LAST_DAY = "Last day of the month, as the team reckons it when the month is over"

OPEN_FAMILIES_BY_TIER = Indicator(
    number=20,
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

OVERDUE_REVIEWS = Indicator(
    number=22,
    name="Overdue reviews",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Open families whose review was due before the end of the month and was not held",
    denominator="Open families",
    counts=monthly(replace(CASELOAD, value="reviews_overdue")),
    among=monthly(OPEN_FAMILIES),
    time=_LAST_DAY,
    sources=_RECKONED,
    why="Without a review, help that does not help goes on, and help that has helped does not end.",
)

REVIEWS_IN_TIME = Indicator(
    number=122,
    name="Reviews held in time",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Reviews held by the day on which they were due",
    denominator="All reviews held",
    counts=monthly(REVIEWED.having("is_in_time")),
    among=monthly(REVIEWED),
    time="Month of the review",
    sources=(RegionalReviewCompleted.type,),
    why="A review that comes late lets a baby’s months pass before anyone asks whether this is the right help.",
)

LOOKED_AFTER = Indicator(
    number=30,
    name="Babies looked after or on a protection plan",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Open families with such a baby, counted in fives in the team",
    denominator="Open families",
    counts=monthly(replace(CASELOAD, value="looked_after")),
    among=monthly(OPEN_FAMILIES),
    alerts=False,
    time=_LAST_DAY,
    sources=_RECKONED,
    why="These babies need the team most, and are the easiest to lose between services.",
)

BACK_WITHIN_A_YEAR = Indicator(
    number=31,
    name="Back within a year",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Families discharged 12 to 23 months ago who were referred again within 365 days and taken on",
    denominator="Families discharged 12 to 23 months ago",
    counts=yearly(FOLLOWED_UP.having("became IN ('days_0_90', 'days_91_365')")),
    among=yearly(FOLLOWED_UP.having("became = 'discharged'")),
    time="Discharges of a year that ended a year before the month does",
    sources=_FOLLOWED_UP,
    why="Who comes back trusted the team; many who do say that it ended too early.",
)

INTERVENTIONS_STARTED = Indicator(
    number=32,
    name="Interventions that began",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Interventions whose first session took place",
    counts=monthly(Term(table="intervention_started", parts={"intervention": "intervention"})),
    time="Month of the first session",
    sources=(RegionalInterventionStarted.type,),
    why="It says what the team gives, and what of the strategy’s range nobody gets.",
)

INTERVENTIONS_COMPLETED = Indicator(
    number=132,
    name="Interventions that were completed",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Interventions that ended after 70% or more of the planned sessions",
    denominator="All interventions that had begun and ended",
    counts=monthly(ENDED.having("is_completed")),
    among=monthly(ENDED),
    time="Month in which it ended",
    sources=(RegionalInterventionEnded.type,),
    why="Half an intervention is mostly the half that was easy.",
)

PREFERENCE_MET = Indicator(
    number=34,
    name="Preferences that were met",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Plans that meet at least one preference that the family stated",
    denominator="Plans of families who stated one",
    counts=monthly(PLANNED.having("is_preference_met")),
    among=monthly(PLANNED),
    time="Month in which the plan was agreed",
    sources=(RegionalPlanAgreed.type,),
    why="Families stay with what they chose.",
)

WORK_WITH_FAMILIES = (
    OPEN_FAMILIES_BY_TIER,
    TIER_MOVES,
    CAPACITY_DRIVEN_MOVES,
    OVERDUE_REVIEWS,
    REVIEWS_IN_TIME,
    LOOKED_AFTER,
    BACK_WITHIN_A_YEAR,
    INTERVENTIONS_STARTED,
    INTERVENTIONS_COMPLETED,
    PREFERENCE_MET,
)
