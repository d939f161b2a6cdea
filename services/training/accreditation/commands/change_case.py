"""Change the days of a case, or ask another supervisor to sign it off: it is asked for anew."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.accreditations import Accreditations
from services.training.accreditation.database.asking import (
    answer_page,
    ask_supervisor,
    change_page,
    check_may_record,
)
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.supervised_case import CaseSpan
from services.training.certificates.database.completions import Completions
from services.training.staff.database.tasks import Tasks
from shared.contracts.training_task import TrainingTask
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangeCase:
    case_id: UUID
    expected_version: int
    span: CaseSpan
    supervisor_id: UUID


async def change_case(command: ChangeCase, work: UnitOfWork) -> None:
    """Raises:
    NotAllowed: it is not theirs, and the actor does not record for others.
    NotFound: the team has no such case.
    Conflict: it was signed off, changed or removed meanwhile.
    RuleBroken: the days cannot be, or whoever is asked does not sign off.
    """
    cases, tasks = SupervisedCases(work), Tasks(work)
    seen = await cases.get(command.case_id)
    check_may_record(await Completions(work).lock_person(seen.person_id), work)
    case = await cases.get(command.case_id, to_change=True)
    way = await Accreditations(work).on_the_way(case.person_id, case.course)
    command.span.check(way.first_taught_on, work.today)
    case.ask_again(command.span, command.supervisor_id, work.now, seen=command.expected_version)
    await cases.save(case)
    await tasks.is_done(TrainingTask.CAME_BACK, change_page(case), "Asked for again.")
    await tasks.is_done(TrainingTask.SIGN_OFF, answer_page(case), "Changed, and asked for again.")
    await ask_supervisor(case, work)
    work.record("case.change", case.person_id)
