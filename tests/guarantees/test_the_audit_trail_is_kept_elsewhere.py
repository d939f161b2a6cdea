"""Who may write to every table can make the audit trail's chain hold again. The region remembers where it ended."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.audit.trail import first_tampered_entry
from shared.cli.audit_trouble import audit_trouble
from shared.contracts.streams import heartbeat_key
from shared.kernel.clock import machine_clock
from shared.relay.restored import team_restored
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees.spine import Spine, rows, until

ACTOR = UUID(int=7)

PUT_HEAD_BACK = """
UPDATE audit_head SET number = coalesce((SELECT max(number) FROM audit), 0),
                      hash = coalesce((SELECT hash FROM audit ORDER BY number DESC LIMIT 1), '')
"""
CUT_OFF = f"DELETE FROM audit WHERE number > 4; {PUT_HEAD_BACK}"
WIPE = f"TRUNCATE audit; {PUT_HEAD_BACK}"
WRITE_ANEW = f"""
DO $$ DECLARE entry audit%ROWTYPE; before text := ''; BEGIN
    UPDATE audit SET actor = gen_random_uuid() WHERE number = 3;
    FOR entry IN SELECT * FROM audit ORDER BY number LOOP
        entry.hash := audit_hash(
            entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.role, before);
        UPDATE audit SET previous = before, hash = entry.hash WHERE number = entry.number;
        before := entry.hash;
    END LOOP;
END $$; {PUT_HEAD_BACK}
"""
ADD = "SELECT audit_add(now(), gen_random_uuid(), 'family.read', NULL) FROM generate_series(1, 5);"


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.relay.relay.HEARTBEAT_SECONDS", 0)
    monkeypatch.setattr("shared.inbox.reader.TICK_SECONDS", 0.1)


@pytest.fixture
async def owner(spine: Spine, servers: AdminUrls) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection to the team's database."""
    connection = await asyncpg.connect(url_of(servers.postgres, database=spine.team_database.rsplit("/", 1)[-1]))
    yield connection
    await connection.close()


async def heads(spine: Spine) -> list[Any]:
    return await rows(spine.reader_database, "SELECT * FROM audit_head_heard ORDER BY history, number")


async def heard_up_to(spine: Spine, number: int) -> None:
    async def is_heard() -> bool:
        return any(head["number"] == number for head in await heads(spine))

    await until(is_heard)


async def contradiction(spine: Spine) -> str:
    async def is_found() -> bool:
        return (await heads(spine))[-1]["contradiction"] is not None

    await until(is_found)
    return (await heads(spine))[-1]["contradiction"]


@contextlib.asynccontextmanager
async def a_trail_of_six(spine: Spine, owner: asyncpg.Connection) -> AsyncGenerator[None]:
    """The region has heard of six entries, and both go on."""
    await spine.announce()
    await owner.execute(ADD)
    async with spine.reading(), spine.relaying():
        await heard_up_to(spine, 5)
        await owner.fetchval("SELECT audit_add(now(), gen_random_uuid(), 'family.read', NULL)")
        await heard_up_to(spine, 6)
        yield


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (CUT_OFF, {"went_back"}),
        (WIPE, {"went_back"}),
        (WRITE_ANEW, {"changed"}),
        (f"{CUT_OFF}; {ADD}", {"changed"}),
        (f"{WIPE}; {ADD}", {"went_back"}),
        (f"{WIPE}; {ADD}; {ADD}", {"changed"}),
        (f"{WRITE_ANEW}; {ADD}", {"changed"}),
        ("DELETE FROM audit_head", {"vanished"}),
    ],
)
async def test_a_trail_that_holds_again_after_it_was_changed_is_found(
    spine: Spine, owner: asyncpg.Connection, statement: str, expected: set[str]
) -> None:
    async with a_trail_of_six(spine, owner):
        await owner.execute(statement)

        if "vanished" not in expected:
            assert await first_tampered_entry(owner) is None
        assert await contradiction(spine) in expected
        assert await audit_trouble(owner, await heads(spine)) is not None


async def test_a_trail_that_grows_contradicts_nothing_and_the_last_head_of_a_day_is_kept(
    spine: Spine, owner: asyncpg.Connection
) -> None:
    async with a_trail_of_six(spine, owner):
        await owner.execute(ADD)
        await heard_up_to(spine, 11)

    [kept] = await heads(spine)
    assert (kept["number"], kept["contradiction"]) == (11, None)
    assert kept["hash"] == await owner.fetchval("SELECT hash FROM audit WHERE number = 11")
    assert await audit_trouble(owner, [kept]) is None


async def test_what_was_written_anew_while_nobody_listened_is_found_by_the_doctor(
    spine: Spine, owner: asyncpg.Connection
) -> None:
    async with a_trail_of_six(spine, owner):
        pass
    await owner.execute(f"{WRITE_ANEW}; {ADD}")
    async with spine.reading(), spine.relaying():
        await heard_up_to(spine, 11)

    assert await audit_trouble(owner, await heads(spine)) == "entry 6 is not what the region heard"


async def test_a_head_that_was_held_up_on_its_way_is_no_alarm(spine: Spine, owner: asyncpg.Connection) -> None:
    async with a_trail_of_six(spine, owner):
        async with spine.operator() as redis:
            old = "5-" + await owner.fetchval("SELECT hash FROM audit WHERE number = 5")
            for _ in range(3):
                fields = {"region": "0-0", "team": "0-0", "audit": old}
                await redis.xadd(heartbeat_key(spine.team, "referral"), fields, maxlen=1)
        await owner.execute(ADD)
        await heard_up_to(spine, 11)

    assert [head["contradiction"] for head in await heads(spine)] == [None]


async def test_when_the_operator_says_that_the_database_was_restored_the_region_begins_anew_and_says_so(
    spine: Spine, owner: asyncpg.Connection
) -> None:
    async with a_trail_of_six(spine, owner):
        await owner.execute(CUT_OFF)
        assert await contradiction(spine) == "went_back"
        async with spine.operator() as redis:
            await team_restored(owner, redis, spine.team, "referral", clock=machine_clock)
        await heard_up_to(spine, 4)

    newest = (await heads(spine))[-1]
    assert (newest["number"], newest["contradiction"]) == (4, None)
    assert newest["history"] > 0
    assert await audit_trouble(owner, await heads(spine)) is None


async def test_a_heartbeat_has_no_room_for_a_person(spine: Spine, owner: asyncpg.Connection) -> None:
    async with a_trail_of_six(spine, owner):
        await owner.execute("UPDATE audit_head SET hash = 'Leonie Example, 07700 900123'")
        assert await contradiction(spine) == "changed"
        async with spine.operator() as redis:
            told = str(await redis.xrange(heartbeat_key(spine.team, "referral")))

    assert "audit" in told
    assert "Leonie" not in told
    assert "07700900" not in told.replace(" ", "")
