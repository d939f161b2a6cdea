"""Redis is read while PostgreSQL stores; whatever becomes of what was read ahead, each event has its effect once.

A lock on the checkpoint holds one batch back, as a slow commit would, until several more are in the reader's hands.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Sequence

import asyncpg
import pytest
from redis.asyncio import Redis

from shared.contracts.streams import Audience, EntryId
from shared.inbox.ahead import Ahead
from shared.inbox.entry import Entry, Read
from shared.inbox.projection import Projections
from shared.inbox.reactions import Reactions
from shared.inbox.reader import Reader
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees import process
from tests.guarantees.spine import Spine, rows, until
from tests.guarantees.test_a_newer_version_parks_one_stream import NEW, OLD, UPGRADED, put
from tests.guarantees.test_a_poison_entry_stops_nothing import a_good_entry
from tests.reporting.builders import PROJECTIONS

AT_ONCE = 1
"""So that each batch is full, and more is read behind it."""
MORE = 30
"""Events that come while the first of them are held back: more than are ever in a reader's hands."""


@pytest.fixture(params=["spine", "lending"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Spine:
    """Each kind of reader, of which each stores one at once."""
    monkeypatch.setattr(Projections, "at_once", AT_ONCE)
    monkeypatch.setattr(Reactions, "at_once", AT_ONCE)
    return request.getfixturevalue(request.param)


@contextlib.asynccontextmanager
async def _admin(spine: Spine, servers: AdminUrls) -> AsyncGenerator[asyncpg.Connection]:
    admin = await asyncpg.connect(url_of(servers.postgres, database=spine.reader_database.rsplit("/", 1)[-1]))
    try:
        yield admin
    finally:
        await admin.close()


@contextlib.asynccontextmanager
async def _nothing_is_stored(spine: Spine, servers: AdminUrls) -> AsyncGenerator[None]:
    """While the body runs; the first event was read before, so that there is something to hold."""
    async with _admin(spine, servers) as admin, admin.transaction():
        await admin.execute("SELECT FROM checkpoint WHERE stream = $1 FOR UPDATE", spine.stream.key)
        yield


async def _has_read_ahead(spine: Spine, reader: Reader) -> None:
    async def has() -> bool:
        return len(reader.readers[spine.stream]._ahead._waiting) == AT_ONCE

    await until(has)


async def _is_stored(spine: Spine, position: int) -> None:
    async def has() -> bool:
        found = await rows(
            spine.reader_database, f"SELECT position FROM checkpoint WHERE stream = '{spine.stream.key}'"
        )
        return bool(found) and found[0]["position"] >= position

    await until(has)


async def _begin(spine: Spine) -> None:
    await spine.announce()
    await spine.commit(1)


async def test_redis_is_read_while_a_batch_is_stored_and_no_further_than_there_is_room(
    read: Spine, servers: AdminUrls
) -> None:
    await _begin(read)
    async with read.relaying(), read.reading() as reader:
        await read.all_reported()
        async with _nothing_is_stored(read, servers):
            await read.commit(MORE, per_family=3)
            await _has_read_ahead(read, reader)
            await asyncio.sleep(0.3)
            assert len(reader.readers[read.stream]._ahead._waiting) == AT_ONCE
            assert len(await read.log()) == 1

        await read.all_reported()


async def test_behind_a_batch_that_is_not_full_nothing_is_read_until_it_is_stored() -> None:
    """Otherwise what comes meanwhile would be many transactions of one entry."""
    first, second = Read(Entry(EntryId(1, 1), {}), None), Read(Entry(EntryId(1, 2), {}), None)
    ahead = Ahead(at_once=2)
    reading = asyncio.create_task(ahead.add([first]))
    assert await ahead.take() == [first]
    await asyncio.sleep(0)
    assert not reading.done()

    taking = asyncio.create_task(ahead.take())
    await reading
    await ahead.add([first, second])

    assert await taking == [first, second]


async def test_a_reader_killed_with_batches_in_its_hands_loses_and_doubles_nothing(
    read: Spine, servers: AdminUrls
) -> None:
    await _begin(read)
    async with read.relaying():
        victim = await process.start(read, "reader", at_once=AT_ONCE)
        try:
            await read.all_reported()
            async with _nothing_is_stored(read, servers):
                await read.commit(MORE, per_family=3)
                await asyncio.sleep(0.5)
                await victim.kill()
        finally:
            await victim.kill()
        assert len(await read.log()) == 1

        async with read.reading():
            await read.all_reported()


async def test_a_reader_that_is_told_to_end_ends_soon_and_what_it_had_in_its_hands_is_read_again(
    read: Spine, servers: AdminUrls
) -> None:
    await _begin(read)
    before = asyncio.all_tasks()
    async with read.relaying():
        async with contextlib.AsyncExitStack() as held:
            async with read.reading() as reader:
                await read.all_reported()
                await held.enter_async_context(_nothing_is_stored(read, servers))
                await read.commit(MORE, per_family=3)
                await _has_read_ahead(read, reader)
                began = time.monotonic()
            assert time.monotonic() - began < 10
        async with read.reading():
            await read.all_reported()
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()


async def test_a_redis_that_loses_everything_while_a_batch_is_in_hand(read: Spine, servers: AdminUrls) -> None:
    await _begin(read)
    async with read.relaying(), read.reading() as reader, read.operator() as redis:
        await read.all_reported()
        async with _nothing_is_stored(read, servers):
            await read.commit(MORE, per_family=3)
            await _has_read_ahead(read, reader)
            await redis.flushall()
            await _cut(redis)
        await read.announce()
        await read.commit(5)

        await read.all_reported()


async def _cut(redis: Redis) -> None:
    """Every connection, the reader's too."""
    await redis.client_kill_filter(_type="normal", skipme=True)


async def test_what_nobody_can_wait_out_begins_again_at_the_checkpoint_and_forgets_what_was_read_ahead(
    read: Spine, servers: AdminUrls
) -> None:
    await _begin(read)
    async with read.relaying(), read.reading() as reader:
        await read.all_reported()
        first = reader.readers[read.stream]._ahead
        table = "event_log" if read.audience is Audience.REGION else "inbox"
        async with _admin(read, servers) as admin:
            await admin.execute(f"ALTER TABLE {table} RENAME TO mislaid")
            await read.commit(MORE, per_family=3)
            await asyncio.sleep(1)
            await admin.execute(f"ALTER TABLE mislaid RENAME TO {table}")

        await read.all_reported()
        assert reader.readers[read.stream]._ahead is not first


async def _entries(redis: Redis, spine: Spine, positions: Sequence[int], *, wrong: set[int]) -> None:
    for position in positions:
        changes = {"body": "no JSON"} if position in wrong else {}
        await redis.xadd(spine.stream.key, a_good_entry(spine) | changes, id=str(EntryId(1, position)))


async def test_what_is_set_aside_of_a_batch_ahead_has_its_place_and_its_order(
    spine: Spine, servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Projections, "at_once", AT_ONCE)
    wrong = {2, 9, 12, 13, 25, 40}
    await spine.announce()
    async with spine.operator() as redis, spine.reading() as reader:
        await _entries(redis, spine, [1], wrong=wrong)
        await _is_stored(spine, 1)
        async with _nothing_is_stored(spine, servers):
            await _entries(redis, spine, range(2, 42), wrong=wrong)
            await _has_read_ahead(spine, reader)
            assert await spine.letters() == []
        await _is_stored(spine, 41)

    assert [letter["position"] for letter in await spine.letters()] == sorted(wrong)
    assert [row["position"] for row in await spine.log()] == [at for at in range(1, 42) if at not in wrong]
    assert await spine.facts() == 41 - len(wrong)


async def test_a_newer_version_in_a_batch_ahead_parks_the_stream_and_nothing_behind_it_is_stored(
    spine: Spine, servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Projections, "at_once", AT_ONCE)
    await spine.announce()
    async with spine.operator() as redis, spine.reading() as reader:
        await put(redis, spine.stream, 1, OLD)
        await _is_stored(spine, 1)
        async with _nothing_is_stored(spine, servers):
            for position in range(2, 42):
                await put(redis, spine.stream, position, NEW if position == 15 else OLD)
            await _has_read_ahead(spine, reader)
        await until(lambda: _is_parked(spine))
        await asyncio.sleep(0.3)
        assert await spine.checkpoint() == EntryId(1, 14)
        assert len(await spine.log()) == 14
        assert reader.stopped == []

    async with spine.reading(UPGRADED, PROJECTIONS):
        await _is_stored(spine, 41)
    assert [row["position"] for row in await spine.log()] == list(range(1, 42))
    assert await spine.letters() == []


async def _is_parked(spine: Spine) -> bool:
    return await spine.state() == "parked"
