"""Did a cohort help? Of those who answered both before and after, and what people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.training.confidence.database.confidence_answers import ConfidenceAnswers
from services.training.confidence.domain.confidence import Answered, ConfidenceChange, confidence_change
from services.training.confidence.domain.questionnaire import Moment
from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from shared.unit_of_work import UnitOfWork

_PAIRS = (
    (Moment.BEFORE, Moment.AFTER),
    (Moment.THEN, Moment.AFTER),
    (Moment.BEFORE, Moment.THREE_MONTHS),
)


@dataclass(frozen=True)
class ChangeShown:
    first: Moment
    second: Moment
    change: ConfidenceChange | None
    """None: nobody answered both."""

    @property
    def mean(self) -> str:
        """Points with one decimal, by which it went up or down: + 2.1"""
        return f"{float(self.change.mean):+.1f}" if self.change else ""


@dataclass(frozen=True)
class CohortConfidence:
    cohort: Cohort
    changes: Sequence[ChangeShown]
    words: Sequence[tuple[Moment, str]]
    """What people wrote, without names."""


async def cohort_confidence(work: UnitOfWork, cohort_id: UUID) -> CohortConfidence:
    """Raises NotFound when the team has no such cohort."""
    cohort = await Cohorts(work).get(cohort_id)
    answers = (await ConfidenceAnswers(work).of_cohort(cohort_id)).values()
    changes = [
        ChangeShown(first, second, confidence_change([_pair(one.get(first), one.get(second)) for one in answers]))
        for first, second in _PAIRS
    ]
    words = [(moment, one.words) for given in answers for moment, one in given.items() if one.words]
    return CohortConfidence(cohort, changes, words)


def _pair(first: object, second: object) -> Answered:
    return Answered(getattr(first, "mean", None), getattr(second, "mean", None))
