"""Every hour: how much surer people are after each course of the last year, once somebody has said so twice."""

from datetime import timedelta
from fractions import Fraction
from uuid import uuid5

from services.training.confidence.domain.confidence import ConfidenceChange
from services.training.confidence.domain.questionnaire import Moment
from services.training.confidence.queries.cohort_confidence import CohortConfidence, cohort_confidence
from services.training.courses.database.cohorts import Cohorts
from services.training.staff.database.training_work import TrainingUnits
from shared.contracts.region import month_of
from shared.contracts.teaching import ConfidenceReckoned
from shared.kernel.actor import system

DAYS_BACK = timedelta(days=365)


async def reckon_confidence(units: TrainingUnits) -> int:
    """Publish ConfidenceReckoned for each cohort of which it is new, or another than was told; gives how many."""
    async with units.begin(system()) as work:
        changed = 0
        for cohort_id in await Cohorts(work).ended_between(work.today - DAYS_BACK, work.today):
            found = await cohort_confidence(work, cohort_id)
            change = next((one.change for one in found.changes if one.first is Moment.BEFORE), None)
            if change is not None:
                changed += await work.publish_news(_reckoned(found, change), uuid5(cohort_id, "confidence"))
    return changed


def _reckoned(found: CohortConfidence, change: ConfidenceChange) -> ConfidenceReckoned:
    return ConfidenceReckoned(
        cohort_id=found.cohort.id,
        month=month_of(found.cohort.days[-1].on),
        course=found.cohort.course,
        pairs=change.pairs,
        gain_tenths=round(Fraction(10) * change.mean * change.pairs),
        improved=change.improved,
    )
