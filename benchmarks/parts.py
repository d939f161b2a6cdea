"""The shipped relay and the shipped reader, each as a part of the chain in its own process."""

import asyncio
import contextlib
import logging
import time

import asyncpg
from faststream.redis import RedisBroker

from benchmarks.process import Control
from services.reporting.contents import SERVICE
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.streams import Stream, of_the_region
from shared.inbox.entry import Read
from shared.inbox.projection import Projections
from shared.inbox.reader import MOST_STREAMS, Reader
from shared.inbox.receive import Inbox
from shared.inbox.sorting import Sorted
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import pooled
from shared.relay.relay import Relay
from shared.streams.connection import connect


async def relay(control: Control, database_url: str, redis_url: str, team: str) -> None:
    """Relay the team's outbox."""
    async with connect(redis_url) as redis:
        running = Relay(database_url, redis, team, "referral")
        await control.ready()
        task = asyncio.create_task(running.run())
        await control.stopped()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class TimedInbox(Inbox):
    """Notes when each event's projection was committed."""

    stored: dict[str, float]

    async def take_in(self, stream: Stream, entries: list[Read]) -> Sorted:  # type: ignore[override]
        result = await super().take_in(stream, entries)
        now = time.time()
        for item in result.received:
            self.stored[item.subject] = now
        return result


async def reader(control: Control, database_url: str, redis_url: str, streams: int, timed: bool) -> dict[str, float]:
    """Read for the region; when each event, by its subject, was projected."""
    async with pooled(database_url) as pool:
        return await _read(control, pool, redis_url, streams, timed)


async def _read(control: Control, pool: asyncpg.Pool, redis_url: str, streams: int, timed: bool) -> dict[str, float]:
    broker = RedisBroker(redis_url, max_connections=MOST_STREAMS + 10, apply_types=False, log_level=logging.DEBUG)
    inbox = (TimedInbox if timed else Inbox)(
        pool, Projections(pool, SERVICE.reactions()), CATALOGUE, clock=machine_clock
    )
    stored: dict[str, float] = {}
    if isinstance(inbox, TimedInbox):
        inbox.stored = stored
    async with connect(redis_url) as redis:
        running = Reader(broker, redis, inbox, of_every_team=of_the_region, keeps_trails=True)
        async with running.running():
            while len(running.readers) < streams:
                await asyncio.sleep(0.05)
            await control.ready()
            await control.stopped()
    return stored
