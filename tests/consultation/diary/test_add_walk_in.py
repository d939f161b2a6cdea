"""Somebody came who had not booked."""

from uuid import UUID

import pytest

from services.consultation.diary.commands.add_walk_in import AddWalkIn, add_walk_in
from services.consultation.diary.queries.meeting_list import one_meeting
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import PRIYA, AskedTeam
from tests.consultation.diary.test_plan_meeting import is_held, plans


async def comes(asked: AskedTeam, meeting_id: UUID, name: str = "Meg") -> None:
    async with asked.begin(PRIYA) as work:
        await add_walk_in(AddWalkIn(new_id(), meeting_id, name, Profession.MIDWIFE, "Grange Park"), work)


async def test_nobody_is_sent_away_also_over_the_number_of_places(asked: AskedTeam) -> None:
    meeting_id = await is_held(asked, places=1)

    for name in ("Meg", "Kay"):
        await comes(asked, meeting_id, name)

    async with asked.begin(PRIYA) as work:
        line = await one_meeting(work, meeting_id)
    assert (line.booked, line.came, line.free) == (2, 2, 0)


async def test_it_needs_a_name_and_a_meeting_of_the_team_on_its_day(asked: AskedTeam) -> None:
    with pytest.raises(RuleBroken):
        await comes(asked, await is_held(asked), "")
    with pytest.raises(RuleBroken):
        await comes(asked, await plans(asked))
    with pytest.raises(NotFound):
        await comes(asked, new_id())
