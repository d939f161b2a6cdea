"""Whoever asked says whether it helped."""

from dataclasses import dataclass

from services.consultation.consultations.database.consultations import Consultations
from services.consultation.evaluations.database.evaluations import Evaluations
from services.consultation.evaluations.domain.evaluation import Answers
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EvaluateConsultation:
    token: str
    answers: Answers


async def evaluate_consultation(command: EvaluateConsultation, work: UnitOfWork) -> None:
    """Publish ConsultationEvaluated. Whoever has the token may, so no role is asked for.

    Raises:
        NotFound: there is no such link.
        Conflict, RuleBroken: as the domain says.
    """
    evaluations = Evaluations(work)
    if (one := await evaluations.seek(command.token)) is None:
        raise NotFound("evaluation_unknown", "This link can no longer be used. Ask the team for a new one.")
    consultations = Consultations(work)
    about = await consultations.get_to_change(one.consultation_id)
    work.publish(one.answer(command.answers, work.now), about=about)
    await consultations.save(about)
    await evaluations.save(one)
    work.record("evaluation.answer", one.consultation_id)
