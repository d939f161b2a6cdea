"""What the team does for others who work with babies. Source: reference 7.1, lines 44 to 46 and 53."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from shared.contracts.consultation import (
    RegionalConsultationConverted,
    RegionalConsultationConvertedCorrected,
    RegionalConsultationEvaluated,
    RegionalConsultationHeld,
    RegionalConsultationHeldCorrected,
)
from shared.contracts.contact import RegionalContactCorrected, RegionalContactRecorded
from shared.contracts.teaching import RegionalCourseDayHeld

HELD = Term(
    table="consultation_held",
    parts={"kind": "kind", "tier": "tier", "sector": "sector", "profession": "profession"},
)
ALL_HELD = replace(HELD, parts={})
EVALUATED = Term(table="consultation_evaluated")
DIRECT = Term(table="contact_recorded", where="attendance = 'attended'", value="number * minutes")
INDIRECT = (replace(ALL_HELD, value="number * minutes"), Term(table="course_day_held", value="number * minutes"))

_HELD = (RegionalConsultationHeld.type, RegionalConsultationHeldCorrected.type)
_CONVERTED = (RegionalConsultationConverted.type, RegionalConsultationConvertedCorrected.type)
_CONTACTS = (RegionalContactRecorded.type, RegionalContactCorrected.type)
_MONTH_HELD = "Month in which the consultation was held"
_MONTH_ANSWERED = "Month in which whoever asked answered"

CONSULTATIONS = Indicator(
    number=44,
    name="Consultations",
    priority=1,
    shape=Shape.COUNT,
    direction=Direction.MORE,
    numerator="Consultations that were held",
    counts=monthly(HELD),
    time=_MONTH_HELD,
    sources=_HELD,
    why="One answer to a health visitor reaches every family whom she visits.",
)

CONSULTATION_MINUTES = Indicator(
    number=144,
    name="Minutes of consultation",
    priority=1,
    shape=Shape.COUNT,
    profile="minutes",
    direction=Direction.MORE,
    numerator="Minutes of talk, each consultation in quarters of an hour",
    counts=monthly(replace(HELD, value="number * minutes")),
    time=_MONTH_HELD,
    sources=_HELD,
    why="What a team gives to others is time that nobody sees in a count of families.",
)

CONSULTATION_USEFULNESS = Indicator(
    number=45,
    name="Usefulness of consultations",
    priority=1,
    shape=Shape.MEAN,
    direction=Direction.MORE,
    numerator="Points from 0 to 10, as whoever asked gave them",
    denominator="Consultations that were evaluated",
    counts=monthly(replace(EVALUATED, value="number * useful")),
    among=monthly(EVALUATED),
    time=_MONTH_ANSWERED,
    sources=(RegionalConsultationEvaluated.type,),
    why="Who found it useless will not ask again, and their families go without.",
)

CONSULTATION_CONFIDENCE = Indicator(
    number=145,
    name="Confidence gained by consultations",
    priority=1,
    shape=Shape.MEAN,
    direction=Direction.MORE,
    numerator="Points from 0 to 10 now, less those before, as whoever asked remembers",
    denominator="Consultations that were evaluated",
    counts=monthly(replace(EVALUATED, value="number * (now - before)")),
    among=monthly(EVALUATED),
    time=_MONTH_ANSWERED,
    sources=(RegionalConsultationEvaluated.type,),
    why="A colleague who dares to speak of the relationship does so with the next family too.",
)

CONSULTATION_TO_REFERRAL = Indicator(
    number=46,
    name="Consultations that led to a referral",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Consultations that led to a referral within 90 days",
    denominator="All consultations held",
    counts=monthly(Term(table="consultation_converted", where="is_within_90_days")),
    among=monthly(ALL_HELD),
    time=_MONTH_HELD,
    sources=(*_HELD, *_CONVERTED),
    why="A consultation helps most families without a referral, and brings those who need one sooner.",
)

DIRECT_HOURS = Indicator(
    number=53,
    name="Direct work",
    priority=1,
    shape=Shape.SHARE,
    profile="minutes",
    direction=Direction.NEITHER,
    numerator="Minutes with families",
    denominator="Minutes with families, of consultation and of teaching",
    counts=monthly(DIRECT),
    among=monthly(DIRECT, *INDIRECT),
    time="Month of the session, consultation or course day",
    sources=(*_CONTACTS, *_HELD, RegionalCourseDayHeld.type),
    why="A team that only sees families strengthens nobody beside them; one that only teaches loses touch.",
)

CONSULTATION = (
    CONSULTATIONS,
    CONSULTATION_MINUTES,
    CONSULTATION_USEFULNESS,
    CONSULTATION_CONFIDENCE,
    CONSULTATION_TO_REFERRAL,
    DIRECT_HOURS,
)
