"""What a service process does beside its pages: relay what it publishes, or read what others publish; and timers.

    async with team_worker(settings, "referral", clock, timers) as worker: ...
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
import structlog
from faststream.redis import RedisBroker

from shared.contracts.catalogue import CATALOGUE
from shared.inbox.projection import Projection
from shared.inbox.receive import Inbox
from shared.inbox.region_reader import MOST_STREAMS, RegionReader
from shared.kernel.clock import Clock
from shared.kernel.settings import Settings
from shared.relay.relay import Relay
from shared.streams.connection import connect

log = structlog.get_logger()

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


@dataclass(frozen=True)
class Timer:
    """Something that happens because time passes."""

    name: str
    """In snake_case, for the log."""
    every_seconds: float
    """Between one run that found nothing to do and the next."""
    run: Callable[[], Awaitable[int]]
    """One transaction; gives how many things it changed, and is run again at once while there are any."""


class TimerTroubles:
    """Which timers cannot do their work now."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    async def keep(self, timer: Timer) -> None:
        """Run it until cancelled. What fails is tried again: one row that cannot be handled must not stop the pages."""
        while True:
            try:
                while await timer.run():
                    pass
                self._codes.pop(timer.name, None)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is said by /readyz and tried again
                self._codes[timer.name] = type(error).__name__
                log.warning("timer_waits", timer=timer.name, trouble=type(error).__name__)
            await asyncio.sleep(timer.every_seconds)

    async def check(self) -> None:
        """Raises NotWorking when one of them failed the last time."""
        if self._codes:
            raise NotWorking(f"timer_failed: {', '.join(sorted(self._codes))}")


@asynccontextmanager
async def team_worker(
    settings: Settings, service: str, clock: Clock, timers: Sequence[Timer] = ()
) -> AsyncGenerator[Worker]:
    """Relay the service's outbox, and run its timers, while the body runs."""
    async with connect(settings.redis_url) as redis:
        relay = Relay(settings.database_url, redis, settings.team or "", service, clock=clock)
        task = asyncio.create_task(relay.run())
        troubles = TimerTroubles()
        keeping = [asyncio.create_task(troubles.keep(timer)) for timer in timers]

        async def runs() -> None:
            if task.done():
                raise NotWorking("relay_stopped")

        async def publishes() -> None:
            if relay.trouble:
                raise NotWorking(relay.trouble)

        try:
            yield Worker(alive={"relay": runs}, ready={"relay": publishes, "timers": troubles.check})
        finally:
            for one in (task, *keeping):
                one.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await one


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
