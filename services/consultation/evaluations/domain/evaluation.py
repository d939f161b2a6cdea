"""Whether a consultation helped whoever asked: three numbers, by a link, once and without a name.

Confidence before is asked afterwards too: looking back, people know better how sure they were. Source: reference
section 5, indicator 45.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.consultation import ConsultationEvaluated
from shared.contracts.vocabulary import Code
from shared.kernel.clock import london_date
from shared.kernel.errors import Conflict, RuleBroken

LASTS = timedelta(days=28)
MOST = 10


class EvaluationState(Code):
    OPEN = "open", "Waiting for the answer"
    ANSWERED = "answered", "Answered"
    EXPIRED = "expired", "Out of date"


@dataclass(frozen=True)
class Answers:
    """Each from 0 to 10."""

    useful: int
    before: int
    """How confident they were, looking back."""
    now: int


@dataclass
class Evaluation:
    consultation_id: UUID
    asked_by: UUID
    asked_at: datetime
    """UTC, as the other moments."""
    answered_at: datetime | None = None
    useful: int | None = None
    before: int | None = None
    now: int | None = None

    def state(self, at: datetime) -> EvaluationState:
        if self.answered_at:
            return EvaluationState.ANSWERED
        return EvaluationState.OPEN if at < self.asked_at + LASTS else EvaluationState.EXPIRED

    def answer(self, answers: Answers, at: datetime) -> ConsultationEvaluated:
        """Raises Conflict when it was answered before, and RuleBroken when it is too late or a number is wrong."""
        if self.answered_at:
            raise Conflict("evaluation_answered", "We have your answers already. You do not need to do anything.")
        if self.state(at) is EvaluationState.EXPIRED:
            raise RuleBroken("evaluation_over", "This link can no longer be used. Ask the team for a new one.")
        if not all(0 <= one <= MOST for one in (answers.useful, answers.before, answers.now)):
            raise RuleBroken("evaluation_range", "Choose a number from 0 to 10.")
        self.answered_at = at
        self.useful, self.before, self.now = answers.useful, answers.before, answers.now
        return ConsultationEvaluated(
            consultation_id=self.consultation_id,
            answered_on=london_date(at),
            useful=answers.useful,
            before=answers.before,
            now=answers.now,
        )
