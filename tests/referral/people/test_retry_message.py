from datetime import timedelta
from uuid import UUID

import pytest

from services.referral.people.commands.retry_message import retry_message
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.message import MessageState, RetryMessage
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.messages import a_family_with_email, queue, send, stored

ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)


async def a_failed_message(team: ATeam, **changes: object) -> UUID:
    await queue(await a_family_with_email(team), **changes)
    async with a_mail_server() as server:
        server.answers = {"RCPT": "550 no such mailbox"}
        await send(team, server)
    (message,) = await stored(team)
    return message.id


async def retry(team: ATeam, message_id: UUID, *, seen: int = 3, actor: Actor = ADMINISTRATOR) -> None:
    async with team.begin(actor) as work:
        await retry_message(RetryMessage(message_id, seen), work)


async def test_a_message_that_failed_is_tried_again_and_leaves(team: ATeam) -> None:
    message_id = await a_failed_message(team)

    await retry(team, message_id)
    async with a_mail_server() as server:
        await send(team, server)

    (message,) = await stored(team)
    assert (message.state, len(server.taken)) == (MessageState.SENT, 1)
    assert "message.retry" in [action for action, _ in await team.audited()]


async def test_a_second_press_does_nothing_more(team: ATeam) -> None:
    message_id = await a_failed_message(team)
    await retry(team, message_id)

    for seen in (3, 4):
        with pytest.raises(Conflict):
            await retry(team, message_id, seen=seen)


async def test_it_is_not_tried_when_it_would_come_too_late(team: ATeam) -> None:
    message_id = await a_failed_message(team, expires_at=NOW + timedelta(hours=1))
    team.now = NOW + timedelta(hours=2)

    with pytest.raises(RuleBroken) as refusal:
        await retry(team, message_id)

    assert refusal.value.code == "message_late"


async def test_only_the_team_tries_its_messages_again(team: ATeam) -> None:
    message_id = await a_failed_message(team)

    with pytest.raises(NotAllowed):
        await retry(team, message_id, actor=an_actor(Role.REGIONAL_LEAD))
    with pytest.raises(NotFound):
        await retry(team, new_id())
