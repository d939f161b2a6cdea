"""Every hour: a case waits for a supervisor who has left or signs off no more, so it comes back, to ask another."""

from sqlalchemy import select

from services.training.accreditation.database.asking import answer_page, tell_it_came_back
from services.training.accreditation.database.supervised_cases import SupervisedCases
from services.training.accreditation.domain.supervised_case import CameBackWhy, CaseState, SupervisedCase
from services.training.certificates.database.completions import Completions
from services.training.database.accreditation_tables import supervised_case
from services.training.staff.database.tasks import Tasks
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.contracts.training_task import TrainingTask
from shared.kernel.actor import system


async def send_back_cases(units: TrainingUnits) -> int:
    """Gives how many came back."""
    async with units.begin(system()) as work:
        asked = select(supervised_case.c.id).where(supervised_case.c.state == CaseState.ASKED)
        ids = await work.session.scalars(asked.order_by(supervised_case.c.id).with_for_update())
        cases = [await SupervisedCases(work).get(case_id) for case_id in ids]
        left = [one for one in cases if not await _signs(one, work)]
        for one in left:
            await _send_back(one, work)
        return len(left)


async def _signs(one: SupervisedCase, work: TrainingWork) -> bool:
    offered = await SupervisedCases(work).supervisors(one.course, one.person_id)
    return one.supervisor_id in {colleague.id for colleague in offered}


async def _send_back(one: SupervisedCase, work: TrainingWork) -> None:
    one.send_back(CameBackWhy.LEFT, work.actor.id, work.now, seen=one.version)
    await SupervisedCases(work).save(one)
    await Tasks(work).is_done(TrainingTask.SIGN_OFF, answer_page(one), "It came back by itself.")
    await tell_it_came_back(one, await Completions(work).colleague_of(one.person_id), work)
    work.record("case.send_back", one.person_id)
