"""The facts made anew from the log, while whoever reads them goes on."""

import asyncio
from datetime import date
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.facts.database import rebuild as rebuilding
from services.reporting.facts.database.rebuild import RebuildHeldUp, rebuild
from shared.kernel.postgres import Connection
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.testing.events import Feed
from tests.reporting.builders import PROJECTIONS, a_beginning, a_move, a_referral, a_refusal, an_acceptance

TABLES = ("referral_received", "triage_decided", "tier_movement")
[RECEIVED] = [projection for projection in PROJECTIONS if projection.table == TABLES[0]]
SOME_OF_EACH = (a_referral(), an_acceptance(), a_refusal(), a_beginning(), a_move())


@pytest.fixture
def owner_url(access: ServiceAccess, servers: AdminUrls) -> str:
    return url_of(servers.postgres, database=access.database_url.rpartition("/")[2])


def nothing(_done: int, _total: int) -> None:
    """Nobody is told."""


async def facts(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(row) for row in await connection.fetch(f"SELECT * FROM {table} ORDER BY stream, position")]
        for table in TABLES
    }


async def shape(connection: Connection) -> list[tuple[Any, ...]]:
    """Columns, keys, indexes, owner and grants."""
    rows = await connection.fetch("""
        SELECT relname, relowner::regrole::text,
               (SELECT array_agg(acl::text ORDER BY acl::text) FROM unnest(relacl) acl),
               (SELECT array_agg(pg_get_indexdef(indexrelid) ORDER BY indexrelid::regclass::text)
                FROM pg_index WHERE indrelid = oid),
               (SELECT array_agg(conname || ' ' || pg_get_constraintdef(pg_constraint.oid) ORDER BY conname)
                FROM pg_constraint WHERE conrelid = pg_class.oid),
               (SELECT array_agg(attname || format_type(atttypid, atttypmod) || attnotnull ORDER BY attnum)
                FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0)
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
    """)
    return [tuple(row) for row in rows]


async def test_the_rebuilt_facts_equal_the_old_ones_and_so_do_keys_indexes_and_grants(
    connection: Connection, feed: Feed, owner_url: str
) -> None:
    for team in ("blackpool", "burnley"):
        await feed.take_in(team, *SOME_OF_EACH * 40)
    before, shape_before = await facts(connection), await shape(connection)
    told: list[tuple[int, int]] = []

    events = await rebuild(owner_url, PROJECTIONS, lambda done, total: told.append((done, total)))

    assert events == 400
    assert told[-1] == (400, 400)
    assert await facts(connection) == before
    assert await shape(connection) == shape_before
    await connection.execute("DELETE FROM tier_movement WHERE position = 1")


async def test_facts_that_were_wrong_are_right_again(connection: Connection, feed: Feed, owner_url: str) -> None:
    await feed.take_in("blackpool", *SOME_OF_EACH)
    right = await facts(connection)
    await connection.execute("UPDATE referral_received SET source_group = 'other'")
    await connection.execute("DELETE FROM tier_movement")

    await rebuild(owner_url, PROJECTIONS, nothing)

    assert await facts(connection) == right


async def test_what_comes_in_while_the_log_is_read_is_not_lost(
    connection: Connection, feed: Feed, owner_url: str
) -> None:
    await feed.take_in("blackpool", *SOME_OF_EACH)
    await feed.take_in("burnley", *SOME_OF_EACH)
    stop = asyncio.Event()

    async def go_on() -> None:
        while not stop.is_set():
            await feed.take_in("blackpool", *SOME_OF_EACH)
            await feed.take_in("preston", *SOME_OF_EACH)

    coming_in = asyncio.create_task(go_on())
    for _ in range(3):
        await rebuild(owner_url, PROJECTIONS, nothing)
    stop.set()
    await coming_in

    after = await facts(connection)
    for event in SOME_OF_EACH:
        count = await connection.fetchval("SELECT count(*) FROM event_log WHERE type = $1", event.type)
        assert count > 3
    assert sum(map(len, after.values())) == await connection.fetchval("SELECT count(*) FROM event_log")
    await rebuild(owner_url, PROJECTIONS, nothing)
    assert await facts(connection) == after


async def test_streams_taken_back_and_entries_replayed_in_the_meantime_are_right(
    connection: Connection, feed: Feed, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await feed.take_in("blackpool", *SOME_OF_EACH)
    await feed.take_in("burnley", a_referral(), a_referral())
    await feed.set_aside("burnley", reason="malformed")
    stream = "pairs:{burnley}:referral:region"
    replayed = await connection.fetchrow("SELECT * FROM event_log WHERE stream = $1 AND position = 1", stream)
    await connection.execute("DELETE FROM event_log WHERE stream = $1 AND position = 1", stream)
    await connection.execute("DELETE FROM referral_received WHERE stream = $1 AND position = 1", stream)
    assert replayed is not None
    as_it_is = rebuilding.build_indexes

    async def meanwhile(on: Connection, table: str) -> None:
        if table == TABLES[0]:
            for name in ("event_log", *TABLES):
                await connection.execute(f"DELETE FROM {name} WHERE team = 'blackpool' AND position >= 2")
            await connection.execute("UPDATE checkpoint SET epoch = 1, position = 1 WHERE team = 'blackpool'")
            await feed.take_in("blackpool", a_beginning(), a_beginning())
            await connection.execute(
                f"INSERT INTO event_log VALUES ({', '.join(f'${number}' for number in range(1, 11))})", *replayed
            )
            await connection.execute(RECEIVED.insert(where="stream = $1 AND position = 1"), stream)
            await connection.execute("UPDATE dead_letter SET resolved_at = now()")
        await as_it_is(on, table)

    monkeypatch.setattr(rebuilding, "build_indexes", meanwhile)
    await rebuild(owner_url, PROJECTIONS, nothing)
    as_swapped_in = await facts(connection)
    monkeypatch.undo()

    await rebuild(owner_url, PROJECTIONS, nothing)
    assert as_swapped_in == await facts(connection)
    assert [len(rows) for rows in as_swapped_in.values()] == [3, 0, 2]


async def test_whoever_reads_facts_never_misses_a_table_or_a_fact_while_a_rebuild_runs(
    engine: AsyncEngine, feed: Feed, owner_url: str
) -> None:
    await feed.take_in("blackpool", *SOME_OF_EACH * 60)
    stop = asyncio.Event()
    seen: set[str] = set()

    async def look() -> None:
        while not stop.is_set():
            async with AsyncSession(engine) as session:
                received = await session.scalar(text("SELECT count(*) FROM referral_received"))
                decided = await session.scalar(text("SELECT count(*) FROM triage_decided"))
            seen.add(f"{received} {decided}")

    looking = [asyncio.create_task(look()) for _ in range(3)]
    for _ in range(4):
        await rebuild(owner_url, PROJECTIONS, nothing)
    stop.set()
    await asyncio.gather(*looking)

    assert seen == {"60 120"}


async def test_a_rebuild_that_is_killed_changes_nothing_and_the_next_one_works(
    connection: Connection, feed: Feed, owner_url: str
) -> None:
    await feed.take_in("blackpool", *SOME_OF_EACH * 10)
    before, shape_before = await facts(connection), await shape(connection)

    class Killed(BaseException):
        pass

    def kill(_done: int, _total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        await rebuild(owner_url, PROJECTIONS, kill)
    assert (await facts(connection), await shape(connection)) == (before, shape_before)

    await rebuild(owner_url, PROJECTIONS, nothing)
    assert (await facts(connection), await shape(connection)) == (before, shape_before)


async def test_a_rebuild_gives_up_rather_than_stop_whoever_reads(
    access: ServiceAccess, feed: Feed, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await feed.take_in("blackpool", a_referral(date(2026, 3, 1)))
    monkeypatch.setattr(rebuilding, "ATTEMPTS", 2)
    monkeypatch.setattr(rebuilding, "LOCK_TIMEOUT", "50ms")
    reader = await asyncpg.connect(access.database_url)

    async with reader.transaction():
        await reader.execute("SELECT count(*) FROM tier_movement")
        with pytest.raises(RebuildHeldUp):
            await rebuild(owner_url, PROJECTIONS, nothing)
    await rebuild(owner_url, PROJECTIONS, nothing)

    assert await reader.fetchval("SELECT count(*) FROM referral_received") == 1
    await reader.close()
