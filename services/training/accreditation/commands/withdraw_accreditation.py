"""An accreditation was granted by mistake: it counts for nothing, in referral neither."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.accreditations import Accreditations
from services.training.certificates.database.completions import Completions
from services.training.staff.database.tasks import Tasks
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.training.staff.domain.task import accreditation_page
from shared.contracts.training_task import TrainingTask
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WithdrawAccreditation:
    accreditation_id: UUID
    expected_version: int
    why: str


async def withdraw_accreditation(command: WithdrawAccreditation, work: UnitOfWork) -> None:
    """Publish TrainingWithdrawn. The cases that led to it stay counted: a new one takes new cases.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such accreditation.
        Conflict: it was withdrawn before, or changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    accreditations = Accreditations(work)
    one = await accreditations.get_to_change(command.accreditation_id)
    colleague_id = await Completions(work).colleague_of(one.person_id)
    withdrawn = one.withdraw(work.actor.id, command.why, colleague_id, work.now, seen=command.expected_version)
    work.publish(withdrawn, about=one)
    await accreditations.save(one)
    await Tasks(work).is_done(TrainingTask.UNTAUGHT, accreditation_page(one.person_id, one.course), "It was withdrawn.")
    work.record("accreditation.withdraw", one.person_id)
