"""Who is referred, by whom, and what triage decides. Source: reference 7.1, lines 1 to 12, 29 and 55."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from shared.contracts.referral import (
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralClosedCorrected,
    RegionalReferralIncomplete,
    RegionalReferralReceived,
)

RECEIVED = Term(table="referral_received", parts={"source": "source_group", "age": "age_band"})
DECIDED = Term(table="triage_decided")
NOT_ACCEPTED = DECIDED.having("outcome <> 'accepted'")

_RECEIVED = (RegionalReferralReceived.type,)
_CLOSED = (RegionalReferralClosed.type, RegionalReferralClosedCorrected.type)
_DECIDED = (RegionalReferralAccepted.type, *_CLOSED)
_MONTH_RECEIVED = "Month in which the referral was received"
_MONTH_DECIDED = "Month in which triage decided"

REFERRALS_RECEIVED = Indicator(
    number=1,
    name="Referrals received",
    priority=3,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Referrals that came in, by any way in",
    counts=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="A family that is not referred is not helped; a sudden fall is a way in that has closed.",
)

ANTENATAL_SHARE = Indicator(
    number=3,
    name="Referred before birth",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Referrals of families whose baby was not born yet",
    denominator="All referrals received",
    counts=monthly(RECEIVED.having("age_band = 'unborn'")),
    among=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="Help before birth meets a relationship as it begins; a low share says that midwives do not know the way in.",
)

FIRST_1001_DAYS = Indicator(
    number=4,
    name="Referred in the first 1,001 days",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Referrals of families whose baby was unborn or under 2 years",
    denominator="All referrals received",
    counts=monthly(RECEIVED.having("age_band <> 'months_24_59'")),
    among=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="The team exists for conception to the second birthday; what is offered later has less to build on.",
)

AGE_2_TO_5 = Indicator(
    number=5,
    name="Referred from 2 to 5 years",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals of families whose child was 2 to 4 years",
    denominator="All referrals received",
    counts=monthly(RECEIVED.having("age_band = 'months_24_59'")),
    among=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="Where a team takes children to five, this is how much of its room they need; elsewhere it is asked in vain.",
)

SOURCE_MIX = Indicator(
    number=6,
    name="Source mix",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals received from one group of referrers",
    denominator="All referrals received",
    counts=monthly(Term(table="referral_received", parts={"source": "source_group"})),
    among=monthly(RECEIVED),
    is_mix=True,
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="Who refers shows who knows of the team, and who never does.",
)

SELF_REFERRAL = Indicator(
    number=7,
    name="Families who refer themselves",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Referrals that a parent or carer made",
    denominator="All referrals received",
    counts=monthly(RECEIVED.having("source_group = 'self'")),
    among=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="Who can ask without a professional in between asks sooner; none who does is a door that nobody sees.",
)

INCOMPLETE_REFERRALS = Indicator(
    number=8,
    name="Referrals in which something was missing",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Referrals of the month for which triage had to ask for more, each once",
    denominator="All referrals received",
    counts=monthly(Term(table="referral_incomplete")),
    among=monthly(replace(RECEIVED, parts={})),
    time=_MONTH_RECEIVED,
    sources=(RegionalReferralIncomplete.type, *_RECEIVED),
    why="Each question back to the referrer is days in which nothing happens for the family.",
)

DECIDED_IN_TIME = Indicator(
    number=9,
    name="Decided within 5 working days",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Referrals decided within 5 working days; the day after receipt is the first, bank holidays do not count",
    denominator="All referrals decided",
    counts=monthly(DECIDED.having("working_days <= 5")),
    among=monthly(DECIDED),
    time=_MONTH_DECIDED,
    sources=_DECIDED,
    why="A baby's month is long; nobody should wait to hear whether there is help at all.",
)

ACCEPTANCE = Indicator(
    number=10,
    name="Acceptance",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that triage accepted",
    denominator="All referrals decided",
    counts=monthly(DECIDED.having("outcome = 'accepted'")),
    among=monthly(DECIDED),
    time=_MONTH_DECIDED,
    sources=_DECIDED,
    why="A team that turns many away is asked for what it does not give, or is too full.",
)

REASONS_NOT_ACCEPTED = Indicator(
    number=11,
    name="Reasons for not accepting",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that ended in another way than acceptance, for one reason",
    denominator="All referrals that ended in another way than acceptance",
    counts=monthly(replace(NOT_ACCEPTED, parts={"reason": "reason"})),
    among=monthly(NOT_ACCEPTED),
    is_mix=True,
    time=_MONTH_DECIDED,
    sources=_CLOSED,
    why="The reasons say what is missing around the team.",
)

ADVICE_ONLY = Indicator(
    number=12,
    name="Ended with advice to the referrer",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that triage answered with advice to whoever referred",
    denominator="All referrals decided",
    counts=monthly(DECIDED.having("outcome = 'advice_only'")),
    among=monthly(DECIDED),
    time=_MONTH_DECIDED,
    sources=_DECIDED,
    why="Advice strengthens whoever knows the family already; much of it says that a consultation was what was needed.",
)

NEONATAL_REFERRALS = Indicator(
    number=29,
    name="Referred by a neonatal unit",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Referrals that a neonatal unit made",
    denominator="All referrals received",
    counts=monthly(RECEIVED.having("source_group = 'neonatal'")),
    among=monthly(RECEIVED),
    time=_MONTH_RECEIVED,
    sources=_RECEIVED,
    why="A baby born too soon is held late and handled often; none from the unit is a path that nobody made.",
)

OUT_OF_AREA = Indicator(
    number=55,
    name="Asked for from outside the area",
    priority=3,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Referrals that ended because the family lives outside the team’s area",
    counts=monthly(DECIDED.having("reason = 'out_of_area'")),
    time=_MONTH_DECIDED,
    sources=_CLOSED,
    why="These are the babies of towns without a team; they are the case for the next one.",
)

REFERRAL = (
    REFERRALS_RECEIVED,
    ANTENATAL_SHARE,
    FIRST_1001_DAYS,
    AGE_2_TO_5,
    SOURCE_MIX,
    SELF_REFERRAL,
    INCOMPLETE_REFERRALS,
    DECIDED_IN_TIME,
    ACCEPTANCE,
    REASONS_NOT_ACCEPTED,
    ADVICE_ONLY,
    NEONATAL_REFERRALS,
    OUT_OF_AREA,
)
