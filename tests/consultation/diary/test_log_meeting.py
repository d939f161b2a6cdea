"""The register of a group becomes a consultation by one press."""

from uuid import UUID

import pytest

from services.consultation.diary.commands.log_meeting import LogMeeting, log_meeting
from services.consultation.diary.domain.meeting import MeetingKind
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.consultation.conftest import ANN, NOW, PRIYA, AskedTeam
from tests.consultation.diary.test_add_walk_in import comes
from tests.consultation.diary.test_plan_meeting import is_held


async def logs(asked: AskedTeam, meeting_id: UUID, person: Person = PRIYA) -> None:
    async with asked.begin(person) as work:
        await log_meeting(LogMeeting(meeting_id), work)


async def test_it_says_how_many_came_and_pressed_twice_it_is_one(asked: AskedTeam) -> None:
    meeting_id = await is_held(asked)
    for name in ("Meg", "Kay", "Ola"):
        await comes(asked, meeting_id, name)

    for _ in range(2):
        await logs(asked, meeting_id)

    _, row = await asked.rows()
    assert (row.id, row.kind, row.people, row.minutes) == (meeting_id, "reflective_practice", 3, 60)
    assert (row.held_on, row.profession, row.organisation_id) == (NOW.date(), "midwife", asked.organisation_id)


async def test_a_drop_in_is_the_advice_line(asked: AskedTeam) -> None:
    meeting_id = await is_held(asked, kind=MeetingKind.DROP_IN)
    await comes(asked, meeting_id)

    await logs(asked, meeting_id)

    assert (await asked.rows())[-1].kind == "advice_line"


async def test_somebody_must_have_come_and_whoever_logs_it_advises(asked: AskedTeam) -> None:
    meeting_id = await is_held(asked)
    with pytest.raises(RuleBroken):
        await logs(asked, meeting_id)
    await comes(asked, meeting_id)
    with pytest.raises(NotAllowed):
        await logs(asked, meeting_id, ANN)
    with pytest.raises(NotFound):
        await logs(asked, new_id())
