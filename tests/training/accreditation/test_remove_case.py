"""A case that was recorded by mistake is removed; one that was signed off is not."""

import pytest

from services.training.accreditation.commands.remove_case import RemoveCase, remove_case
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import PRIYA, OnTheWay


async def test_a_removed_case_asks_nobody_and_its_number_is_not_used_again(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)

    await way.does(PRIYA, remove_case, RemoveCase(await way.records(), 1))
    assert await way.tasks() == []
    second = await way.records()
    await way.answers(second)
    with pytest.raises(Conflict):
        await way.does(PRIYA, remove_case, RemoveCase(second, 2))

    assert [one.number for one in (await way.now()).cases] == [2]
