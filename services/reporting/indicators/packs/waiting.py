"""How long families wait. Source: reference 2.5, and 7.1, lines 13 to 18."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from shared.contracts.reckoning import RegionalCaseloadReckoned
from shared.contracts.wait import RegionalWaitStopped, RegionalWaitStoppedCorrected

CASELOAD = Term(table="caseload_reckoned", by="month")
_WAITS = Term(table="wait_stopped", days="days", parts={"tier": "tier"})
FIRST_CONTACT = _WAITS.having("clock = 'first_contact'")
HELP_STARTED = _WAITS.having("clock = 'help_started'")
INTERVENTION = _WAITS.having("clock = 'referral_to_intervention'")

_RECKONED = (RegionalCaseloadReckoned.type,)
_STOPPED = (RegionalWaitStopped.type, RegionalWaitStoppedCorrected.type)
_LAST_DAY = "Last day of the month, as the team reckons it when the month is over"
_MONTH_MET = "Month in which it came"

WAITING_NOW = Indicator(
    number=13,
    name="Families who wait",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.LESS,
    numerator="Families who were referred and whom nobody has met yet",
    counts=monthly(replace(CASELOAD, value="waiting")),
    time=_LAST_DAY,
    sources=_RECKONED,
    why="Each of them asked for help and has a baby who grows while they wait.",
)

LONGEST_WAIT = Indicator(
    number=14,
    name="Longest wait, in bands",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.LESS,
    numerator="Teams whose longest wait is in one band; none is told of a team in which fewer than 5 wait",
    counts=monthly(replace(CASELOAD.having("longest_wait IS NOT NULL"), parts={"longest_wait": "longest_wait"})),
    alerts=False,
    time=_LAST_DAY,
    sources=_RECKONED,
    why="A good median can hide one family whom everyone forgot.",
)

WAITING_OVER_28_DAYS = Indicator(
    number=114,
    name="Waiting for more than 28 days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Families who have waited for more than 28 days",
    denominator="Families who wait",
    counts=monthly(replace(CASELOAD, value="waiting_over_28_days")),
    among=monthly(replace(CASELOAD, value="waiting")),
    time=_LAST_DAY,
    sources=_RECKONED,
    why="Who waits for more than four weeks now is tomorrow’s long wait, and can still be met.",
)

FIRST_CONTACT_IN_TIME = Indicator(
    number=15,
    name="First contact within 28 days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families met for the first time within 28 days of the referral; 28 days are in time",
    denominator="All families met for the first time",
    counts=monthly(FIRST_CONTACT.having("days <= 28")),
    among=monthly(FIRST_CONTACT),
    time=_MONTH_MET,
    sources=_STOPPED,
    why="Four weeks are long in the life of a baby; a first meeting is what makes the next one possible.",
)

DAYS_TO_FIRST_CONTACT = Indicator(
    number=16,
    name="Days to the first contact",
    priority=2,
    shape=Shape.DAYS,
    direction=Direction.LESS,
    numerator="Days from the referral to the first attended contact; 127 stands for more than 126",
    counts=monthly(FIRST_CONTACT),
    time=_MONTH_MET,
    sources=_STOPPED,
    why="The middle says what a family can expect, and the 90th what one in ten has to bear.",
)

HELP_STARTED_IN_TIME = Indicator(
    number=17,
    name="Help began within 28 days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families with assessment, baseline, plan and a first intervention within 28 days of the referral",
    denominator="All families for whom help began",
    counts=monthly(HELP_STARTED.having("days <= 28")),
    among=monthly(HELP_STARTED),
    time=_MONTH_MET,
    sources=_STOPPED,
    why="A first visit is not yet help; this is the clock of the national measure for community mental health.",
)

INTERVENTION_IN_TIME = Indicator(
    number=18,
    name="From referral to intervention within 126 days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families whose intervention began within 126 days of the referral",
    denominator="All families whose intervention began",
    counts=monthly(INTERVENTION.having("days <= 126")),
    among=monthly(INTERVENTION),
    time=_MONTH_MET,
    sources=_STOPPED,
    why="Eighteen weeks are the least that the NHS promises elsewhere; a baby has no longer to give.",
)

WAITING = (
    WAITING_NOW,
    LONGEST_WAIT,
    WAITING_OVER_28_DAYS,
    FIRST_CONTACT_IN_TIME,
    DAYS_TO_FIRST_CONTACT,
    HELP_STARTED_IN_TIME,
    INTERVENTION_IN_TIME,
)
