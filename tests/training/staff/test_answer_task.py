"""What is not done on its own page is answered in words."""

import pytest

from services.training.staff.commands.answer_task import answer_task
from shared.kernel.errors import NotAllowed
from shared.staff.task import AnswerTask
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import LEAD, PRIYA, OnTheWay


async def test_a_lead_says_why_an_accreditation_is_not_granted_and_a_practitioner_cannot(
    teaching: TeachingTeam,
) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    asked = AnswerTask(await way.task_id(), 1, "She moves to another team.")

    with pytest.raises(NotAllowed):
        await way.does(PRIYA, answer_task, asked)
    await way.does(LEAD, answer_task, asked)

    assert await way.tasks() == []
