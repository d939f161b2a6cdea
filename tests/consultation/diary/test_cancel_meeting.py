"""A meeting is not held."""

from uuid import UUID

import pytest

from services.consultation.diary.commands.cancel_meeting import CancelMeeting, cancel_meeting
from services.consultation.diary.queries.meeting_list import MeetingTime
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, AskedTeam
from tests.consultation.diary.test_book_meeting import books
from tests.consultation.diary.test_plan_meeting import is_held, listed, plans


async def cancels(asked: AskedTeam, meeting_id: UUID, *, seen: int = 1) -> None:
    async with asked.begin(ANN) as work:
        await cancel_meeting(CancelMeeting(meeting_id, seen), work)


async def test_nobody_can_book_it_any_more(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)

    await cancels(asked, meeting_id)

    assert await listed(asked, MeetingTime.CANCELLED) == [meeting_id]
    with pytest.raises(RuleBroken):
        await books(asked, meeting_id)


async def test_it_is_cancelled_once_before_it_begins_by_somebody_who_saw_it_as_it_is(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)
    with pytest.raises(Conflict):
        await cancels(asked, meeting_id, seen=7)
    await cancels(asked, meeting_id)
    with pytest.raises(RuleBroken):
        await cancels(asked, meeting_id, seen=2)
    with pytest.raises(RuleBroken):
        await cancels(asked, await is_held(asked))


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        await cancels(asked, new_id())
