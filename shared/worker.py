"""What a service process does beside its pages: relay what it publishes, or read what others publish.

    async with team_worker(settings, "referral", clock) as worker: ...
    async with region_worker(settings, PROJECTIONS, clock) as worker: ...

Both run in the event loop of the pages, and can as well run alone.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from faststream.redis import RedisBroker

from shared.contracts.catalogue import CATALOGUE
from shared.inbox.projection import Projection
from shared.inbox.receive import Inbox
from shared.inbox.region_reader import MOST_STREAMS, RegionReader
from shared.kernel.clock import Clock
from shared.kernel.settings import Settings
from shared.relay.relay import Relay
from shared.streams.connection import connect

Check = Callable[[], Awaitable[None]]
"""Raises when something is not as it must be."""


class NotWorking(Exception):
    """A check failed; the message is a code."""


@dataclass(frozen=True)
class Worker:
    """What is running, as checks by name."""

    alive: Mapping[str, Check]
    """For /livez: the process should be started again when one fails."""
    ready: Mapping[str, Check]
    """For /readyz: somebody should look when one fails."""


@asynccontextmanager
async def team_worker(settings: Settings, service: str, clock: Clock) -> AsyncGenerator[Worker]:
    """Relay the service's outbox while the body runs."""
    async with connect(settings.redis_url) as redis:
        relay = Relay(settings.database_url, redis, settings.team or "", service, clock=clock)
        task = asyncio.create_task(relay.run())

        async def runs() -> None:
            if task.done():
                raise NotWorking("relay_stopped")

        async def publishes() -> None:
            if relay.trouble:
                raise NotWorking(relay.trouble)

        try:
            yield Worker(alive={"relay": runs}, ready={"relay": publishes})
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def region_worker(settings: Settings, projections: Sequence[Projection], clock: Clock) -> AsyncGenerator[Worker]:
    """Read every team's stream for the region while the body runs."""
    pool = await asyncpg.create_pool(settings.database_url, min_size=1, max_size=8)
    broker = RedisBroker(
        settings.redis_url, max_connections=MOST_STREAMS + 10, apply_types=False, log_level=logging.DEBUG
    )
    try:
        async with connect(settings.redis_url) as redis:
            reader = RegionReader(broker, redis, Inbox(pool, projections, CATALOGUE, clock=clock))

            async def runs() -> None:
                if reader.is_stuck:
                    raise NotWorking("reader_stopped")

            async def follows_all() -> None:
                if reader.stopped:
                    raise NotWorking("stream_not_read")

            async with reader.running():
                yield Worker(alive={"reader": runs}, ready={"streams": follows_all})
    finally:
        await pool.close()
