"""Messages leave once, wait out trouble, are never sent again unseen, and no attempt begins after a loss."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs

from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.resume_messages import ResumeMessages, resume_messages
from services.referral.people.commands.retry_message import retry_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import reminder_words
from shared.staff.message import CLAIMED_FOR, WAITS, MessageState, RetryMessage, ToAddress, ToPerson, Trouble
from tests.mail.server import AMailServer, a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily
from tests.referral.messages import LINK, PHONE, a_family_with_email, agrees, has_email, queue, send, stored

NEXT_DAY = NOW + timedelta(days=1)


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


async def is_killed_while_it_leaves(team: ATeam, server: AMailServer, now: datetime) -> None:
    """The process, after the server was given the message and before it said that it has it."""
    server.may_answer.clear()
    server.has_message.clear()
    dying = asyncio.create_task(send(team, server, now=now))
    await server.has_message.wait()
    dying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dying
    server.may_answer.set()


async def test_what_a_process_was_sending_when_it_died_may_have_left_and_is_sent_again_only_when_somebody_says_so(
    team: ATeam,
) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with a_mail_server() as server:
        await is_killed_while_it_leaves(team, server, NOW)
        (message,) = await stored(team)
        assert (message.state, message.trouble, message.attempts) == (MessageState.WAITING, Trouble.MAY_HAVE_LEFT, 1)
        assert await send(team, server, now=NOW + CLAIMED_FOR - timedelta(seconds=1)) == 0
        assert [await send(team, server, now=NOW + CLAIMED_FOR), await send(team, server, now=NEXT_DAY)] == [1, 0]

        (message,) = await stored(team)
        assert (message.state, message.trouble, message.words.link) == (
            MessageState.FAILED,
            Trouble.MAY_HAVE_LEFT,
            LINK,
        )
        assert len(server.taken) == 1
        async with team.begin(family.practitioner) as work:
            await retry_message(RetryMessage(message.id, message.version), work)
        assert await send(team, server, now=NEXT_DAY) == 1

    assert [taken["Message-ID"] for taken in server.taken] == [f"<{message.id}@example.org>"] * 2
    (message,) = await stored(team)
    assert (message.state, message.trouble) == (MessageState.SENT, None)


async def test_a_mail_server_that_takes_a_message_and_never_says_so_gets_it_once(team: ATeam) -> None:
    await queue(await a_family_with_email(team))

    async with a_mail_server() as server:
        server.may_answer.clear()
        assert await send(team, server, seconds=0.5) == 1
        server.may_answer.set()
        assert await send(team, server, now=NEXT_DAY) == 0

    (message,) = await stored(team)
    assert (message.state, message.trouble, message.attempts) == (MessageState.FAILED, Trouble.MAY_HAVE_LEFT, 1)
    assert len(server.taken) == 1


@contextlib.asynccontextmanager
async def with_a_database_that_ends_idle_transactions(team: ATeam) -> AsyncIterator[ATeam]:
    """As in production, and sooner."""
    settings = {"idle_in_transaction_session_timeout": "200ms"}
    engine = create_async_engine(team.engine.url, connect_args={"server_settings": settings})
    yield replace(team, engine=engine)
    await engine.dispose()


async def test_a_slow_mail_server_gets_a_message_once(team: ATeam) -> None:
    await queue(await a_family_with_email(team))

    async with a_mail_server() as server, with_a_database_that_ends_idle_transactions(team) as in_production:
        server.may_answer.clear()
        sending = asyncio.create_task(send(in_production, server))
        await asyncio.sleep(0.6)
        server.may_answer.set()
        assert await sending == 1
        assert await send(team, server, now=NOW + timedelta(days=1)) == 0

    assert len(server.taken) == 1
    (message,) = await stored(team)
    assert (message.state, message.attempts) == (MessageState.SENT, 1)


async def test_a_mail_server_that_says_nothing_leaves_a_recorded_attempt_and_is_tried_later(team: ATeam) -> None:
    await queue(await a_family_with_email(team))

    async with a_mail_server() as server, with_a_database_that_ends_idle_transactions(team) as in_production:
        server.trickles = True
        assert await send(in_production, server, seconds=0.5) == 1
        server.trickles = False

    (message,) = await stored(team)
    assert (message.trouble, message.attempts) == (Trouble.SERVER_UNREACHABLE, 1)
    assert (message.state, message.next_attempt_at) == (MessageState.WAITING, NOW + WAITS[0])


async def test_two_processes_do_not_send_the_same_message(team: ATeam) -> None:
    family = await a_family_with_email(team)
    for number in range(6):
        await queue(family, str(number))

    async with a_mail_server() as server:
        while sum(await asyncio.gather(*(send(team, server) for _ in range(3)))):
            pass

    assert len(server.taken) == 6


async def test_no_mail_server_holds_up_a_loss_and_no_attempt_begins_after_it(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family, "one")
    await queue(family, "two")

    async with a_mail_server() as server:
        server.may_answer.clear()
        sending = asyncio.create_task(send(team, server))
        await server.has_message.wait()
        await asyncio.wait_for(loses_the_baby(family), 5)
        assert not sending.done()
        server.may_answer.set()
        await sending
        assert await send(team, server, now=NOW + timedelta(days=1)) == 0

    assert len(server.taken) == 1
    assert sorted(message.state for message in await stored(team)) == [MessageState.SENT, MessageState.STOPPED]


async def test_what_a_loss_stopped_while_it_could_not_leave_is_not_tried_again(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with a_mail_server() as server:
        server.trickles = True
        sending = asyncio.create_task(send(team, server, seconds=0.5))
        await loses_the_baby(family)
        await sending
        server.trickles = False
        assert await send(team, server, now=NOW + timedelta(days=1)) == 0

    (message,) = await stored(team)
    assert (message.state, server.taken) == (MessageState.STOPPED, [])


@pytest.mark.parametrize("change", [{"died_on": TODAY}, {"contact_unsafe": True}])
async def test_whether_it_may_leave_is_asked_again_when_somebody_says_that_it_is_to_be_tried_again(
    team: ATeam, change: dict[str, object]
) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with a_mail_server() as server:
        await is_killed_while_it_leaves(team, server, NOW)
        assert await send(team, server, now=NOW + CLAIMED_FOR) == 1
        (message,) = await stored(team)
        await has_email(family, family.leonie, "leonie@example.org", **change)
        async with team.begin(family.practitioner) as work:
            await retry_message(RetryMessage(message.id, message.version), work)
        assert await send(team, server, now=NEXT_DAY) == 1

    (message,) = await stored(team)
    assert (message.state, message.trouble) == (MessageState.STOPPED, Trouble.NOT_REACHABLE)
    assert len(server.taken) == 1


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
