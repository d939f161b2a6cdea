"""A supervisor signs a case off, or sends it back with a reason."""

from dataclasses import dataclass
from uuid import UUID

from services.training.accreditation.database.accreditations import Accreditations
from services.training.accreditation.database.asking import (
    answer_page,
    ask_to_grant,
    check_may_answer,
    tell_it_came_back,
)
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.supervised_case import CameBackWhy
from services.training.certificates.database.completions import Completions
from services.training.staff.database.tasks import Tasks
from services.training.staff.domain.capabilities import CAPABILITIES, RECORD_CASES
from shared.contracts.training_task import TrainingTask
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AnswerCase:
    case_id: UUID
    expected_version: int
    comes_back: CameBackWhy | None
    """None: it is signed off."""


async def answer_case(command: AnswerCase, work: UnitOfWork) -> None:
    """When it was the last that was needed, somebody who may is asked to grant the accreditation.

    Raises:
        NotAllowed: the actor was not asked to, or may not any more.
        NotFound: the team has no such case.
        Conflict: it was answered, changed or removed meanwhile.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_CASES)
    cases = SupervisedCases(work)
    seen = await cases.get(command.case_id)
    colleague_id = await Completions(work).lock_person(seen.person_id)
    case = await cases.get(command.case_id, to_change=True)
    await check_may_answer(case, work)
    if command.comes_back is None:
        case.sign_off(work.actor.id, work.now, seen=command.expected_version)
    else:
        case.send_back(command.comes_back, work.actor.id, work.now, seen=command.expected_version)
    await cases.save(case)
    await Tasks(work).is_done(TrainingTask.SIGN_OFF, answer_page(case), f"{case.state.label}.")
    if command.comes_back is None:
        await ask_to_grant(await Accreditations(work).on_the_way(case.person_id, case.course), work)
    else:
        await tell_it_came_back(case, colleague_id, work)
    work.record("case.answer", case.person_id)
