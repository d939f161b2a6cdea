"""A case that is not signed yet is changed, and asked for anew."""

import pytest

from services.training.accreditation.commands.change_case import ChangeCase, change_case
from services.training.accreditation.domain.supervised_case import CameBackWhy
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import LEAD, PRIYA, SPAN, OnTheWay


async def test_another_supervisor_is_asked_and_the_first_no_longer(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    case_id = await way.records()

    await way.does(PRIYA, change_case, ChangeCase(case_id, 1, SPAN, LEAD.id))
    assert await way.tasks() == [(TrainingTask.SIGN_OFF, LEAD.id)]
    await way.answers(case_id, who=LEAD, comes_back=CameBackWhy.DATES, version=2)
    await way.does(PRIYA, change_case, ChangeCase(case_id, 3, SPAN, LEAD.id))

    assert await way.tasks() == [(TrainingTask.SIGN_OFF, LEAD.id)]


async def test_what_was_signed_off_is_locked(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    case_id = await way.records()
    await way.answers(case_id)

    with pytest.raises(Conflict):
        await way.does(PRIYA, change_case, ChangeCase(case_id, 2, SPAN, LEAD.id))
