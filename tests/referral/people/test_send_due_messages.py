"""Messages leave at least once, wait out trouble, and never leave after a loss."""

import asyncio
from datetime import timedelta

import pytest
import structlog
from structlog.testing import capture_logs

from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.commands.queue_message import ToAddress, ToPerson
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.resume_messages import ResumeMessages, resume_messages
from services.referral.people.domain.message import WAITS, MessageKind, MessageState, Trouble
from services.referral.people.domain.message_words import reminder_words
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily
from tests.referral.messages import LINK, PHONE, a_family_with_email, agrees, has_email, queue, send, stored


async def loses_the_baby(family: AFamily) -> None:
    async with family.team.begin(family.practitioner) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)


async def test_a_message_leaves_to_the_address_on_record_then_and_its_link_is_forgotten(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)
    await has_email(family, family.leonie, "leonie.new@example.org")

    async with a_mail_server() as server:
        assert [await send(team, server), await send(team, server)] == [1, 0]

    (taken,) = server.taken
    assert taken["To"] == "leonie.new@example.org"
    assert LINK in taken.get_content()
    (message,) = await stored(team)
    assert (message.state, message.sent_at, message.words.link) == (MessageState.SENT, NOW, "")
    assert ("message.send", family.family_id) in await team.audited()


async def test_the_one_that_is_due_longest_leaves_first_and_none_before_its_time(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family, "later", not_before=NOW + timedelta(hours=1), words=reminder_words(PHONE, NOW))
    await queue(family, "now", words=reminder_words(PHONE, NOW))

    async with a_mail_server() as server:
        assert [await send(team, server), await send(team, server)] == [1, 0]
        assert await send(team, server, now=NOW + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("answer", "trouble"), [("451 later", Trouble.SERVER_BUSY), ("421 closing", Trouble.SERVER_BUSY)]
)
async def test_trouble_that_passes_is_waited_out_longer_each_time_and_then_given_up(
    team: ATeam, answer: str, trouble: Trouble
) -> None:
    family = await a_family_with_email(team)
    await queue(family)
    now = NOW

    async with a_mail_server() as server:
        server.answers = {"RCPT": answer}
        for number, wait in enumerate(WAITS, 1):
            assert await send(team, server, now=now) == 1
            (message,) = await stored(team)
            assert (message.state, message.trouble, message.attempts) == (MessageState.WAITING, trouble, number)
            assert await send(team, server, now=now + wait - timedelta(seconds=1)) == 0
            now += wait
        assert await send(team, server, now=now) == 1

    (message,) = await stored(team)
    assert (message.state, message.words.link) == (MessageState.FAILED, LINK)


async def test_an_address_that_is_refused_fails_at_once(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with a_mail_server() as server:
        server.answers = {"RCPT": "550 no such mailbox"}
        await send(team, server)
        assert await send(team, server, now=NOW + timedelta(days=1)) == 0

    (message,) = await stored(team)
    assert (message.state, message.trouble) == (MessageState.FAILED, Trouble.ADDRESS_REFUSED)


async def test_one_that_fails_does_not_hold_up_the_others(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family, "one")
    await queue(family, "two")

    async with a_mail_server() as server:
        server.answers = {"RCPT": "451 later"}
        await send(team, server)
        server.answers = {}
        assert [await send(team, server), await send(team, server)] == [1, 0]

    assert len(server.taken) == 1


async def test_a_crash_after_the_server_took_it_sends_it_once_more_under_the_same_identifier(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with a_mail_server() as server:
        server.may_answer.clear()
        dying = asyncio.create_task(send(team, server))
        await server.has_message.wait()
        dying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dying
        server.may_answer.set()
        assert await send(team, server) == 1
        await asyncio.sleep(0.1)

    identifiers = {taken["Message-ID"] for taken in server.taken}
    assert (len(server.taken), len(identifiers)) == (2, 1)


async def test_two_processes_do_not_send_the_same_message(team: ATeam) -> None:
    family = await a_family_with_email(team)
    for number in range(6):
        await queue(family, str(number))

    async with a_mail_server() as server:
        while sum(await asyncio.gather(*(send(team, server) for _ in range(3)))):
            pass

    assert len(server.taken) == 6


async def test_a_message_that_is_leaving_holds_up_the_loss_and_none_leaves_after_it(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family, "one")
    await queue(family, "two")

    async with a_mail_server() as server:
        server.may_answer.clear()
        sending = asyncio.create_task(send(team, server))
        await server.has_message.wait()
        losing = asyncio.create_task(loses_the_baby(family))
        await asyncio.sleep(0.2)
        assert not losing.done()
        server.may_answer.set()
        await asyncio.gather(sending, losing)
        assert await send(team, server, now=NOW + timedelta(days=1)) == 0

    assert len(server.taken) == 1
    assert sorted(message.state for message in await stored(team)) == [MessageState.SENT, MessageState.STOPPED]


async def test_what_a_loss_stopped_stays_stopped_when_messages_leave_again(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)
    await loses_the_baby(family)
    async with team.begin(family.practitioner) as work:
        await resume_messages(ResumeMessages(family.family_id, "The parents asked for reminders."), work)

    async with a_mail_server() as server:
        assert await send(team, server) == 0

    assert server.taken == []


@pytest.mark.parametrize("change", [{"contact_unsafe": True}, {"died_on": TODAY}])
async def test_somebody_who_may_not_be_reached_any_more_gets_nothing(team: ATeam, change: dict[str, object]) -> None:
    family = await a_family_with_email(team)
    await queue(family)
    await has_email(family, family.leonie, "leonie@example.org", **change)

    async with a_mail_server() as server:
        await send(team, server)

    (message,) = await stored(team)
    assert (message.state, message.trouble, server.taken) == (MessageState.STOPPED, Trouble.NOT_REACHABLE, [])


async def test_somebody_who_left_the_family_gets_nothing(team: ATeam) -> None:
    family = await a_family_with_email(team)
    assert family.dan
    await has_email(family, family.dan, "dan@example.org")
    await agrees(family, family.dan)
    await queue(family, to=ToPerson(family.family_id, family.dan))
    async with team.begin(family.practitioner) as work:
        await end_membership(EndMembership(family.family_id, family.dan), work)

    async with a_mail_server() as server:
        await send(team, server)

    (message,) = await stored(team)
    assert (message.state, server.taken) == (MessageState.STOPPED, [])


async def test_what_came_too_late_does_not_leave(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family, expires_at=NOW + timedelta(hours=1))

    async with a_mail_server() as server:
        await send(team, server, now=NOW + timedelta(hours=1))

    (message,) = await stored(team)
    assert (message.state, message.trouble, server.taken) == (MessageState.STOPPED, Trouble.EXPIRED, [])


async def test_an_address_that_nobody_keeps_is_forgotten_when_the_message_has_left(team: ATeam) -> None:
    family = await a_family_with_email(team)
    for number in range(2):
        await queue(family, str(number), kind=MessageKind.REFERRAL_LINK, to=ToAddress("ola@example.org"))

    async with a_mail_server() as server:
        assert [await send(team, server), await send(team, server)] == [1, 1]

    assert [message.address for message in await stored(team)] == ["", ""]


async def test_no_address_name_or_link_is_in_the_log(team: ATeam) -> None:
    structlog.reset_defaults()
    family = await a_family_with_email(team)
    await queue(family)

    with capture_logs() as logs:
        async with a_mail_server() as server:
            server.answers = {"RCPT": "550 leonie@example.org is unknown"}
            await send(team, server)

    assert "leonie" not in str(logs).lower()
