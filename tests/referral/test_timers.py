"""What happens because time passes: in the process, again and again, whatever goes wrong."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import create_async_engine

from services.referral.contents import SERVICE
from services.referral.database.family_tables import person
from services.referral.database.intake_tables import callback
from services.referral.intake.commands.leave_number import LeaveNumber, leave_number
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.people.domain.subject import Baby
from services.referral.people.timers.send_due_messages import send_due_messages
from shared import worker
from shared.contracts.pathway_codes import PromiseKind
from shared.database.engines import create_engine
from shared.kernel.actor import public_form
from shared.kernel.cancel import cancel
from shared.kernel.identifiers import new_id
from shared.process import timers_of
from shared.testing.servers import FreshService
from shared.worker import NotWorking, Timer, TimerTroubles
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.intake.test_leave_number import LEFT
from tests.referral.messages import a_family_with_email, queue, stored
from tests.referral.people.builders import accepted, events, expecting, unborn_of
from tests.referral.test_app import environment_of, start
from tests.referral.web.visitor import settings_of


async def runs(timer: Timer, troubles: TimerTroubles, seconds: float = 0.1) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(troubles.keep(timer), seconds)


async def test_a_timer_runs_until_there_is_nothing_to_do_and_then_waits() -> None:
    left = [3, 2, 1, 0]
    ran: list[int] = []

    async def run() -> int:
        ran.append(left[0])
        return left.pop(0)

    await runs(Timer("three", 3600, run), troubles := TimerTroubles())

    assert ran == [3, 2, 1, 0]
    await troubles.check()


async def test_a_timer_that_fails_is_tried_again() -> None:
    answers: list[Any] = [ValueError("Leonie"), KeyError("Dan"), 0]

    async def run() -> int:
        answer = answers.pop(0) if answers else 0
        if isinstance(answer, Exception):
            raise answer
        return answer

    await runs(Timer("failing", 0.01, run), troubles := TimerTroubles(), 0.3)

    assert answers == []
    await troubles.check()


async def test_an_hourly_timer_that_failed_is_tried_again_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a database that was away for a moment would leave its service not ready for an hour."""
    monkeypatch.setattr(worker, "TRIED_AGAIN_SECONDS", 0.01)
    answers: list[Any] = [OSError(), OSError(), 0]

    async def run() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    await runs(Timer("hourly", 3600, run), troubles := TimerTroubles(), 0.3)

    assert answers == []
    await troubles.check()


async def test_one_that_always_fails_is_tried_ever_more_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 5:
            raise asyncio.CancelledError

    async def run() -> int:
        raise OSError

    monkeypatch.setattr(worker.asyncio, "sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await TimerTroubles().keep(Timer("hourly", 100, run))

    assert waits == [15, 30, 60, 100, 100]


async def test_a_timer_that_failed_and_has_never_done_since_is_well_again_with_its_next_run() -> None:
    """On a busy day there is always one thing more to do."""
    troubles, ran = TimerTroubles(), asyncio.Event()

    async def run() -> int:
        if not ran.is_set():
            ran.set()
            raise OSError
        await asyncio.sleep(0)
        return 1

    keeping = asyncio.create_task(troubles.keep(Timer("busy", 0.01, run)))
    await ran.wait()
    await asyncio.sleep(0.1)

    await troubles.check()
    await cancel([keeping])


async def test_what_failed_the_last_time_is_named_without_words() -> None:
    troubles = TimerTroubles()

    async def run() -> int:
        raise ValueError("leonie@example.org")

    await runs(Timer("failing", 3600, run), troubles)

    with pytest.raises(NotWorking) as trouble:
        await troubles.check()
    assert str(trouble.value) == "timer_failed: failing"


async def test_without_a_mail_server_a_message_waits(team: ATeam) -> None:
    await queue(await a_family_with_email(team))

    assert await send_due_messages(team.units) == 0
    assert (await stored(team))[0].attempts == 0


async def test_each_timer_runs_on_an_empty_database(team: ATeam) -> None:
    for timer in timers_of(SERVICE, team.units):
        assert await timer.run() == 0


async def has_everything_due(team: ATeam) -> None:
    """Three families, each with something for every timer of the table of contents."""
    for number in range(3):
        family = await a_family_with_email(team)
        await queue(family, str(number))
        await family.books(NOW + timedelta(days=1))
        async with team.begin(public_form()) as work:
            await make_promise(MakePromise(PromiseKind.READ_BY, NOW - timedelta(hours=1), new_id()), work)
        async with team.begin(public_form()) as work:
            old = await leave_number(LeaveNumber(new_id(), LEFT), work)
        async with team.engine.begin() as connection:
            answered = {"answered_at": NOW - timedelta(days=732), "answered_by": new_id(), "answer": "She is well."}
            await connection.execute(update(callback).where(callback.c.id == old.id).values(answered))
        await accepted(team, subject=Baby("Olivia Example", TODAY - timedelta(days=600)))
        family_id = await expecting(team)
        async with team.engine.begin() as connection:
            unborn = (await unborn_of(team, family_id)).id
            overdue = TODAY - timedelta(days=60)
            await connection.execute(update(person).where(person.c.id == unborn).values(due_on=overdue))


async def run_by_two_processes(team: ATeam) -> dict[str, int]:
    """Each timer, by both at once, until neither finds anything; gives how much each did."""

    async def runs_until_done(timer: Timer) -> int:
        done = 0
        while found := await timer.run():
            done += found
        return done

    engines = [create_engine(team.engine.url.render_as_string(hide_password=False)) for _ in range(2)]
    processes = [timers_of(SERVICE, replace(team, engine=engine).units) for engine in engines]
    done = {
        same[0].name: sum(await asyncio.gather(*(runs_until_done(timer) for timer in same)))
        for same in zip(*processes, strict=True)
    }
    for engine in engines:
        await engine.dispose()
    return done


async def test_timers_of_two_processes_do_each_thing_once(team: ATeam) -> None:
    await has_everything_due(team)

    async with a_mail_server() as server:
        team.rules = {"mail_server": server.url, "mail_sender": "team@example.org"}
        done = await run_by_two_processes(team)

    finds_nothing = {"check_audit_trail": 0, "reckon_caseload": 0, "reckon_experience": 0}  # no month is over
    assert done == {timer.__name__: 3 for timer, _ in SERVICE.timers()} | finds_nothing
    assert len(server.taken) == 3
    raised = [task["kind"] for task in await events(team, "task.raised")]
    assert sorted(raised) == ["birth_not_recorded"] * 3 + ["hand_over"] * 3


async def test_the_process_sends_what_was_queued(a_team: str, fresh_service: FreshService) -> None:
    access = await fresh_service(a_team, "referral")
    engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    team = ATeam(a_team, engine)
    await queue(await a_family_with_email(team), "in the process")

    async with a_mail_server() as server:
        environment = environment_of(
            PAIRS_TEAM=team.slug,
            PAIRS_DATABASE_URL=access.database_url,
            PAIRS_REDIS_URL=access.redis_url,
            PAIRS_SMTP_URL=server.url,
            PAIRS_MAIL_SENDER="team@example.org",
        )
        process = await start(environment)
        try:
            await asyncio.wait_for(server.has_message.wait(), 60)
            async with asyncio.timeout(10):
                while (await stored(team))[0].sent_at is None:  # noqa: ASYNC110 - another process stores it
                    await asyncio.sleep(0.1)
        finally:
            process.terminate()
            output = b"".join(await process.communicate())
            await engine.dispose()

    assert len(server.taken) == 1
    assert b"leonie" not in output.lower()


@pytest.mark.parametrize(
    "wrong",
    [
        {"smtp_url": "smtp://mail.example.org"},
        {"mail_sender": "team@example.org"},
        {"smtp_url": "https://mail.example.org", "mail_sender": "team@example.org"},
        {"smtp_url": "smtp://mail.example.org", "mail_sender": "the team"},
    ],
)
def test_a_mail_server_needs_an_address_and_a_sender(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"(?i)mail|smtp"):
        settings_of(ATeam("blackpool", None), **wrong)  # type: ignore[arg-type]
