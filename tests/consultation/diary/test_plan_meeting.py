"""A drop-in or a group is put into the diary."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.consultation.diary.commands.plan_meeting import PlanMeeting, plan_meeting
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import Meeting, MeetingKind
from services.consultation.diary.queries.meeting_list import MeetingFilter, MeetingTime, meeting_list
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, NOW, PRIYA, AskedTeam

TOMORROW = NOW + timedelta(days=1)


def a_meeting(asked: AskedTeam, **changes: Any) -> Meeting:
    usual: dict[str, Any] = {
        "id": new_id(),
        "kind": MeetingKind.REFLECTIVE_GROUP,
        "organisation_id": asked.organisation_id,
        "topic": "What we carry home",
        "starts_at": TOMORROW,
        "minutes": 60,
        "place": "Room 2",
        "places": 2,
        "led_by": PRIYA.id,
    }
    return Meeting(**(usual | changes))


async def plans(asked: AskedTeam, **changes: Any) -> UUID:
    one = a_meeting(asked, **changes)
    async with asked.begin(ANN) as work:
        await plan_meeting(PlanMeeting(one), work)
    return one.id


async def is_held(asked: AskedTeam, **changes: Any) -> UUID:
    """It began an hour ago."""
    one = a_meeting(asked, **({"starts_at": NOW - timedelta(hours=1)} | changes))
    async with asked.begin(PRIYA) as work:
        await Meetings(work).add(one)
    return one.id


async def listed(asked: AskedTeam, when: MeetingTime, at: datetime = NOW) -> list[UUID]:
    async with asked.begin(ANN) as work:
        work.now = at
        return [line.one.id for line in await meeting_list(work, MeetingFilter(when)).whole(work.session)]


async def test_anybody_of_the_team_plans_one_and_it_is_to_come_until_it_is_over(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)

    assert await listed(asked, MeetingTime.TO_COME, TOMORROW + timedelta(minutes=59)) == [meeting_id]
    assert await listed(asked, MeetingTime.HELD, TOMORROW + timedelta(minutes=61)) == [meeting_id]


@pytest.mark.parametrize(
    "changes", [{"starts_at": NOW}, {"minutes": 0}, {"minutes": 481}, {"places": 0}, {"places": 101}, {"place": " "}]
)
async def test_what_cannot_be_is_refused(asked: AskedTeam, changes: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken):
        await plans(asked, **changes)


async def test_the_same_form_sent_twice_is_one_and_an_unknown_organisation_has_none(asked: AskedTeam) -> None:
    meeting_id = new_id()
    for _ in range(2):
        await plans(asked, id=meeting_id)

    assert await listed(asked, MeetingTime.TO_COME) == [meeting_id]
    with pytest.raises(NotFound):
        await plans(asked, organisation_id=new_id())
