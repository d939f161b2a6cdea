import pytest

from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.resume_messages import ResumeMessages, resume_messages
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, accepted, does, events, family_of, person_named

WHY = "Leonie asked for reminders again."


async def test_messages_leave_again_only_because_somebody_said_so(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY))

    with pytest.raises(NotAllowed):
        await does(team, resume_messages, ResumeMessages(family_id, WHY), ADMINISTRATOR)
    with pytest.raises(RuleBroken, match="reason_missing"):
        await does(team, resume_messages, ResumeMessages(family_id, ""))
    await does(team, resume_messages, ResumeMessages(family_id, WHY))

    assert (await family_of(team, family_id)).messages_stopped_at is None
    assert await events(team, "messages.resumed") == [{"family_id": str(family_id)}]
    assert ("messages.resume", family_id) in await team.audited()


async def test_messages_that_are_not_stopped_cannot_start_again(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(RuleBroken, match="messages_not_stopped"):
        await does(team, resume_messages, ResumeMessages(family_id, WHY))
