"""faststream-outbox relays its table to a Redis stream, in order; a FastStream subscriber stores a batch at a time."""

import time
from typing import Any

import asyncpg
from faststream.redis import RedisBroker, StreamSub
from faststream_outbox import OutboxBroker, make_outbox_table
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.installation import Installation
from benchmarks.peers.same_work import INTO_FACTS, INTO_LOG, checked, messages
from benchmarks.peers.until_done import until_done
from benchmarks.process import Control, Part

QUEUE = "events"
KEY = "peer:events"
BATCH = 500


def _engine(url: str) -> AsyncEngine:
    return create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))


async def faststream_outbox(installation: Installation, events: int) -> float:
    """Events a second, from rows that are committed in its outbox to log and facts."""
    await installation.empty()
    url, redis_url = installation.admin_of("referral"), installation.admin.redis
    await _fill(url, events)
    await installation.settle()
    subscribing = await Part.start(subscriber, installation.region.database_url, redis_url)
    relaying = await Part.start(relay, url, redis_url)
    start = time.monotonic()
    subscribing.go()
    relaying.go()
    rate = await until_done(installation, events, start)
    await relaying.stop()
    await subscribing.stop()
    return rate


async def _fill(url: str, events: int) -> None:
    engine, metadata = _engine(url), MetaData()
    table = make_outbox_table(metadata, table_name="peer_outbox")
    broker = OutboxBroker(engine, outbox_table=table)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        every = list(messages(events))
        for first in range(0, events, BATCH):
            await broker.publish_batch(*every[first : first + BATCH], queue=QUEUE, session=connection)
    await engine.dispose()


async def relay(control: Control, database_url: str, redis_url: str) -> None:
    """One worker, because several lose the order."""
    engine = _engine(database_url)
    outbox = OutboxBroker(engine, outbox_table=make_outbox_table(MetaData(), table_name="peer_outbox"), logger=None)
    redis = RedisBroker(redis_url, logger=None)

    @redis.publisher(stream=KEY)
    @outbox.subscriber(
        QUEUE, max_workers=1, fetch_batch_size=BATCH, terminal_flush_batch_size=BATCH, min_fetch_interval=0.01
    )
    async def pass_on(body: dict[str, Any]) -> dict[str, Any]:
        return body

    await redis.connect()
    await control.ready()
    await outbox.start()
    await control.stopped()
    await outbox.stop()
    await redis.stop()
    await engine.dispose()


async def subscriber(control: Control, database_url: str, redis_url: str) -> None:
    """Stores a batch in one transaction."""
    pool = await asyncpg.create_pool(database_url, min_size=1, max_size=2)
    broker = RedisBroker(redis_url, logger=None, apply_types=False)

    @broker.subscriber(stream=StreamSub(KEY, batch=True, max_records=BATCH, last_id="0", polling_interval=100))
    async def store(batch: list[dict[str, Any]]) -> None:
        rows = [checked(message) for message in batch]
        async with pool.acquire() as connection, connection.transaction():
            await connection.executemany(INTO_LOG, rows)
            for kind, statement in INTO_FACTS.items():
                if keys := [row[:2] for row in rows if row[5] == kind]:
                    await connection.executemany(statement, keys)

    await broker.start()
    await control.ready()
    await control.stopped()
    await broker.stop()
    await pool.close()
