"""A case was recorded by mistake: nobody is asked to sign it off any more, and it counts for nothing."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.asking import answer_page, change_page, check_may_record
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.certificates.database.completions import Completions
from services.training.staff.database.tasks import Tasks
from shared.contracts.training_task import TrainingTask
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RemoveCase:
    case_id: UUID
    expected_version: int


async def remove_case(command: RemoveCase, work: UnitOfWork) -> None:
    """Raises:
    NotAllowed: it is not theirs, and the actor does not record for others.
    NotFound: the team has no such case.
    Conflict: it was signed off, which is locked, or changed meanwhile.
    """
    cases, tasks = SupervisedCases(work), Tasks(work)
    seen = await cases.get(command.case_id)
    check_may_record(await Completions(work).lock_person(seen.person_id), work)
    case = await cases.get(command.case_id, to_change=True)
    case.remove(seen=command.expected_version)
    await cases.save(case)
    await tasks.is_done(TrainingTask.CAME_BACK, change_page(case), "Removed.")
    await tasks.is_done(TrainingTask.SIGN_OFF, answer_page(case), "Removed.")
    work.record("case.remove", case.person_id)
