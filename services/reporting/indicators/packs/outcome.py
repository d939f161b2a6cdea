"""What becomes of it: measures, goals, endings, and what families say. Source: reference 7.1, lines 35 to 43."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from shared.contracts.ending import RegionalEpisodeDischarged, RegionalEpisodeDischargedCorrected
from shared.contracts.measure import RegionalChangeMeasured, RegionalChangeMeasuredCorrected
from shared.contracts.pathway import (
    RegionalAssessmentCompleted,
    RegionalAssessmentCompletedCorrected,
    RegionalGoalMoved,
    RegionalGoalMovedCorrected,
    RegionalReviewCompleted,
)
from shared.contracts.reckoning import RegionalExperienceReckoned

ASSESSED = Term(table="assessment_completed")
REVIEWED = Term(table="review_completed")
DISCHARGED = Term(table="episode_discharged", parts={"tier": "tier"})
PAIRS = Term(table="change_measured", parts={"measure": "measure"})
GOALS = Term(table="goal_moved")
EXPERIENCE = Term(table="experience_reckoned", by="month")
WITH_TWO_CONTACTS = DISCHARGED.having("has_two_contacts")
ASKED_FOR_THE_VOICE = replace(DISCHARGED.having("has_infant_voice IS NOT NULL"), parts={})

_ASSESSED = (RegionalAssessmentCompleted.type, RegionalAssessmentCompletedCorrected.type)
_DISCHARGED = (RegionalEpisodeDischarged.type, RegionalEpisodeDischargedCorrected.type)
_PAIRS = (RegionalChangeMeasured.type, RegionalChangeMeasuredCorrected.type)
_GOALS = (RegionalGoalMoved.type, RegionalGoalMovedCorrected.type)
_EXPERIENCE = (RegionalExperienceReckoned.type,)
_ENDED = "Month in which the work ended"
_MEASURED = "Month of the later score"
_ANSWERED = "Month of the answers, as the team reckons it when the month is over"

BASELINE = Indicator(
    number=35,
    name="Measured at the start",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Assessments by whose end a first measure was on record",
    denominator="All assessments completed",
    counts=monthly(ASSESSED.having("had_baseline")),
    among=monthly(ASSESSED),
    time="Month in which the assessment was completed",
    sources=_ASSESSED,
    why="Without a first score nobody can ever say whether it became better.",
)

PAIRED_MEASURES = Indicator(
    number=36,
    name="Measured twice",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families discharged with at least one measure that was taken twice",
    denominator="Families discharged after two attended contacts or more",
    counts=monthly(WITH_TWO_CONTACTS.having("has_paired_measure")),
    among=monthly(WITH_TWO_CONTACTS),
    time=_ENDED,
    sources=_DISCHARGED,
    why="A share of improvement says little where only those who did well were asked again.",
)

RELIABLE_IMPROVEMENT = Indicator(
    number=37,
    name="Reliable improvement",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Pairs of scores that improved by more than chance",
    denominator="All pairs of scores of one measure and person",
    counts=monthly(PAIRS.having("change IN ('recovered', 'reliably_improved')")),
    among=monthly(PAIRS),
    time=_MEASURED,
    sources=_PAIRS,
    why="It is what families come for: that something is different afterwards.",
)

RECOVERY = Indicator(
    number=38,
    name="Recovery",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Pairs that began in the clinical range and improved reliably out of it",
    denominator="Pairs that began in the clinical range",
    counts=monthly(PAIRS.having("change = 'recovered' AND was_clinical")),
    among=monthly(PAIRS.having("was_clinical")),
    time=_MEASURED,
    sources=_PAIRS,
    why="A parent who is well again is more to a baby than one who is less ill.",
)

DETERIORATION = Indicator(
    number=39,
    name="Reliable deterioration",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Pairs of scores that became worse by more than chance",
    denominator="All pairs of scores of one measure and person",
    counts=monthly(PAIRS.having("change = 'reliably_deteriorated'")),
    among=monthly(PAIRS),
    time=_MEASURED,
    sources=_PAIRS,
    why="Help can fail or do harm; a team that does not look does not see it.",
)

GOALS_MOVED = Indicator(
    number=40,
    name="Goals that families came nearer to",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Goals that moved forward by 3 points or more",
    denominator="All goals that were rated twice",
    counts=monthly(GOALS.having("move = 'forward'")),
    among=monthly(GOALS),
    time="Month of the last rating",
    sources=_GOALS,
    why="A goal in the family’s own words is the measure that they chose.",
)

INFANT_VOICE = Indicator(
    number=41,
    name="The baby’s view on record",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Assessments, reviews and discharges with a note of the baby’s view",
    denominator="All assessments, reviews and discharges that ask for one",
    counts=monthly(
        ASSESSED.having("has_infant_voice"),
        REVIEWED.having("has_infant_voice"),
        ASKED_FOR_THE_VOICE.having("has_infant_voice"),
    ),
    among=monthly(ASSESSED, REVIEWED, ASKED_FOR_THE_VOICE),
    time="Month of the assessment, review or discharge",
    sources=(*_ASSESSED, RegionalReviewCompleted.type, *_DISCHARGED),
    why="Who writes down what the baby shows has looked at the baby.",
)

EXPERIENCE_OF_SERVICE = Indicator(
    number=42,
    name="Experience of the service",
    priority=2,
    shape=Shape.MEAN,
    direction=Direction.MORE,
    numerator="Per cent of answers that are “certainly true”, of each questionnaire",
    denominator="Questionnaires answered, in months in which 5 or more were",
    counts=monthly(replace(EXPERIENCE.having("certainly_true IS NOT NULL"), value="certainly_true * answered")),
    among=monthly(replace(EXPERIENCE.having("certainly_true IS NOT NULL"), value="answered")),
    time=_ANSWERED,
    sources=_EXPERIENCE,
    why="Parents know whether they were heard, and nobody else does.",
)

EXPERIENCE_ANSWERED = Indicator(
    number=142,
    name="Questionnaires that were answered",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Questionnaires answered",
    denominator="Questionnaires sent, and those answered without a link",
    counts=monthly(replace(EXPERIENCE, value="answered")),
    among=monthly(replace(EXPERIENCE, value="asked")),
    time=_ANSWERED,
    sources=_EXPERIENCE,
    why="Praise from a few says what those few think.",
)

PLANNED_DISCHARGE = Indicator(
    number=43,
    name="Planned endings",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families whose work ended as planned",
    denominator="All families with whom work ended",
    counts=monthly(DISCHARGED.having("ending = 'planned'")),
    among=monthly(DISCHARGED),
    time=_ENDED,
    sources=_DISCHARGED,
    why="An ending that was prepared is part of the help; one that happens repeats an old loss.",
)

MONTHS_OF_WORK = Indicator(
    number=143,
    name="Months of work with a family",
    priority=2,
    shape=Shape.MEAN,
    direction=Direction.NEITHER,
    numerator="Calendar months from the beginning to the end, 36 for more",
    denominator="Families with whom work ended",
    counts=monthly(replace(DISCHARGED, value="number * length")),
    among=monthly(DISCHARGED),
    time=_ENDED,
    sources=_DISCHARGED,
    why="Longer work leaves less room for the next family; too short leaves the first without.",
)

OUTCOME = (
    BASELINE,
    PAIRED_MEASURES,
    RELIABLE_IMPROVEMENT,
    RECOVERY,
    DETERIORATION,
    GOALS_MOVED,
    INFANT_VOICE,
    EXPERIENCE_OF_SERVICE,
    EXPERIENCE_ANSWERED,
    PLANNED_DISCHARGE,
    MONTHS_OF_WORK,
)
