"""Make the link by which whoever asked says whether it helped."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.consultations.queries.consultation_list import one_consultation
from services.consultation.evaluations.database.evaluations import Evaluations
from services.consultation.evaluations.domain.evaluation import Evaluation
from services.consultation.staff.domain.capabilities import CAPABILITIES, LOG
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AskIfItHelped:
    consultation_id: UUID
    token: str


async def ask_if_it_helped(command: AskIfItHelped, work: UnitOfWork) -> None:
    """One link for each consultation, however often it is made.

    Raises:
        NotAllowed: the actor does not advise.
        NotFound: the team has no such consultation.
        RuleBroken: it was withdrawn.
    """
    CAPABILITIES.check(work.actor.roles, LOG)
    line = await one_consultation(work, command.consultation_id)
    if line.one.withdrawn_why:
        raise RuleBroken("consultation_withdrawn", "This consultation was withdrawn, so nobody is asked about it.")
    one = Evaluation(command.consultation_id, work.actor.id, work.now)
    if await Evaluations(work).add(one, command.token):
        work.record("evaluation.ask", command.consultation_id)
