"""Who learned what. Source: reference 6, and 7.1, lines 47 to 50."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from shared.contracts.teaching import (
    RegionalChampionsReckoned,
    RegionalConfidenceReckoned,
    RegionalCoverageReckoned,
)
from shared.contracts.training import (
    RegionalPlaceBooked,
    RegionalPlaceBookedCorrected,
    RegionalPlaceEnded,
    RegionalTrainingCompleted,
    RegionalTrainingCompletedCorrected,
)

_WHO = {"course": "course", "sector": "sector", "profession": "profession"}
BOOKED = Term(table="place_booked", parts=_WHO)
COMPLETED = Term(table="training_completed", parts=_WHO)
NOT_USED = Term(table="place_ended", parts={"how": "how"})
COVERAGE = Term(
    table="coverage_reckoned",
    where="course = 'IMH_PIR' AND headcount IS NOT NULL",
    by="month, course, sector, profession",
    parts={"sector": "sector", "profession": "profession"},
)
CHAMPIONS = Term(table="champions_reckoned", by="month")
CONFIDENCE = Term(table="confidence_reckoned", by="subject", parts={"course": "course"})

_BOOKED = (RegionalPlaceBooked.type, RegionalPlaceBookedCorrected.type)
_COMPLETED = (RegionalTrainingCompleted.type, RegionalTrainingCompletedCorrected.type)
_LAST_DAY = "Last day of the month, as the team reckons it when the month is over"
_COURSE = "Month of the course"

TRAINING_COMPLETED = Indicator(
    number=47,
    name="Training places that led to a completion",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Trainings completed",
    denominator="Places booked",
    counts=monthly(COMPLETED),
    among=monthly(BOOKED),
    time="Month in which the course begins; of a completion, that from which it counts",
    sources=(*_COMPLETED, *_BOOKED),
    why="A place that leads nowhere was someone else’s chance to learn.",
)

PLACES_NOT_USED = Indicator(
    number=147,
    name="Booked places that were not used",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Places given up, or to which nobody came, for one reason",
    denominator="Places booked",
    counts=monthly(NOT_USED),
    among=monthly(replace(BOOKED, parts={})),
    is_mix=True,
    time=_COURSE,
    sources=(RegionalPlaceEnded.type, *_BOOKED),
    why="Late cancellations are staff who were not let go; a reminder or a cover mends more than another course.",
)

COVERAGE_OF_TRAINING = Indicator(
    number=48,
    name="Trained in infant mental health",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="People whose training in infant mental health and the parent-infant relationship is in date",
    denominator="People of those professions, as their organisations say",
    counts=monthly(replace(COVERAGE, value="in_date")),
    among=monthly(replace(COVERAGE, value="headcount")),
    time=_LAST_DAY,
    sources=(RegionalCoverageReckoned.type,),
    why="Whoever meets a baby first decides whether anyone sees the relationship.",
)

TRAINING_CONFIDENCE = Indicator(
    number=49,
    name="Confidence gained by courses, in tenths of a point",
    priority=1,
    shape=Shape.MEAN,
    direction=Direction.MORE,
    numerator="Tenths of a point from 0 to 10, after the course less before",
    denominator="People who answered both times, in courses in which 5 or more did",
    counts=monthly(replace(CONFIDENCE, value="gain_tenths")),
    among=monthly(replace(CONFIDENCE, value="pairs")),
    time="Month in which the course ended",
    sources=(RegionalConfidenceReckoned.type,),
    why="Knowledge that nobody dares to use changes no family’s day.",
)

CHAMPIONS_ACTIVE = Indicator(
    number=50,
    name="Champions who are active",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Champions who did something with it in six months",
    denominator="All champions",
    counts=monthly(replace(CHAMPIONS, value="active")),
    among=monthly(replace(CHAMPIONS, value="champions")),
    time=_LAST_DAY,
    sources=(RegionalChampionsReckoned.type,),
    why="A champion in name only is a certificate on a wall.",
)

TRAINING = (
    TRAINING_COMPLETED,
    PLACES_NOT_USED,
    COVERAGE_OF_TRAINING,
    TRAINING_CONFIDENCE,
    CHAMPIONS_ACTIVE,
)
