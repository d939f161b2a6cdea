"""What heartbeats say, and what is made of them, while there is more to do than is done at once."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import asyncpg
import pytest

from shared.contracts.streams import Audience
from shared.inbox.projection import Projections
from shared.inbox.stream_reader import StreamReader
from shared.kernel.postgres import Connection
from shared.relay.positions import rows_after
from shared.relay.relay import Relay
from shared.streams.heartbeat import listen
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees.spine import Spine, until

OFTEN_SECONDS = 0.1


@pytest.fixture(autouse=True)
def beats_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.relay.relay.HEARTBEAT_SECONDS", OFTEN_SECONDS)
    monkeypatch.setattr("shared.relay.relay.TICK_SECONDS", OFTEN_SECONDS)
    monkeypatch.setattr("shared.inbox.reader.TICK_SECONDS", OFTEN_SECONDS)


async def _beats(spine: Spine) -> None:
    """Until several were heard."""
    heard = set[str]()
    async with spine.operator() as redis:

        async def several() -> bool:
            heard.update(one.beat for one in (await listen(redis, [spine.stream])).values())
            return len(heard) > 3

        await until(several)


async def test_a_relay_beats_and_answers_requests_while_events_keep_coming(
    spine: Spine, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, caught_up = Relay.step, list[int]()
    catch_up = Relay.catch_up

    async def finds_always_more(self: Relay, connection: Connection) -> int:
        await asyncio.sleep(0.01)
        return await step(self, connection) or 1

    async def counts(self: Relay, connection: Connection) -> None:
        caught_up.append(1)
        await catch_up(self, connection)

    monkeypatch.setattr(Relay, "step", finds_always_more)
    monkeypatch.setattr(Relay, "catch_up", counts)
    await spine.commit(1)

    async with spine.relaying():
        await _beats(spine)

    assert len(caught_up) >= 2


async def test_a_relay_that_fills_up_a_redis_that_forgot_beats_meanwhile_and_nobody_takes_it_for_the_past(
    spine: Spine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is one event here, and each takes a while."""
    events = 60

    async def one_after_the_other(connection: Connection, audience: Audience, position: int) -> list[asyncpg.Record]:
        await asyncio.sleep(0.03)
        return (await rows_after(connection, audience, position))[:1]

    await spine.announce()
    await spine.commit(events)
    async with spine.relaying(), spine.reading():
        await spine.all_reported()
    monkeypatch.setattr("shared.relay.relay.rows_after", one_after_the_other)
    async with spine.operator() as redis, spine.reading():
        await redis.delete(spine.stream.key, spine.stream.heartbeat_key)
        async with spine.relaying() as relaying:
            await _beats(spine)
            assert relaying.trouble == "not started"
            assert await spine.state() == "reading"
            await until(lambda: _has(relaying, events))
        await spine.all_reported()


async def _has(relaying: Relay, events: int) -> bool:
    return set(relaying.sent.values()) >= {events}


@contextlib.asynccontextmanager
async def _nothing_is_stored(spine: Spine, servers: AdminUrls) -> AsyncGenerator[None]:
    """As a commit that takes long."""
    admin = await asyncpg.connect(url_of(servers.postgres, database=spine.reader_database.rsplit("/", 1)[-1]))
    try:
        async with admin.transaction():
            await admin.execute("SELECT FROM checkpoint WHERE stream = $1 FOR UPDATE", spine.stream.key)
            yield
    finally:
        await admin.close()


async def test_a_reader_that_stores_slowly_goes_on_with_what_it_has(
    spine: Spine, servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To begin it again would take what it has out of its hands, and read it once more."""
    monkeypatch.setattr(Projections, "at_once", 1)
    await spine.announce()
    await spine.commit(1)
    async with spine.relaying(), spine.reading() as reader:
        await spine.all_reported()
        slow = reader.readers[spine.stream]
        async with _nothing_is_stored(spine, servers):
            await spine.commit(30)
            await until(lambda: _has_some(slow))
            began = slow.starts
            await _beats(spine)
            assert (slow.waits, slow.starts) == (False, began)
        await spine.all_reported()


async def _has_some(slow: StreamReader) -> bool:
    return not slow.waits
