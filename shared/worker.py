"""What a service process does beside its pages: relay what it publishes, read what others publish, and timers.

    async with team_worker(settings, "one", clock, timers, units=units, hears=hears) as worker: ...
    async with region_worker(settings, PROJECTIONS, clock) as worker: ...

Both run in the event loop of the pages, and can as well run alone.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import asyncpg
import structlog
from redis.asyncio import Redis

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.streams import Audience, Stream, of_the_network, of_the_region
from shared.inbox.projection import Projection, Projections
from shared.inbox.reaction import Reaction
from shared.inbox.reactions import Reactions
from shared.inbox.receive import Inbox
from shared.inbox.sink import Sink
from shared.inbox.unread import unread
from shared.kernel.beside import beside
from shared.kernel.clock import Clock
from shared.kernel.error_code import code_of
from shared.kernel.metrics import TIMER_SUCCEEDED, Measure
from shared.kernel.postgres import pooled
from shared.kernel.settings import Settings
from shared.relay.relay import Relay
from shared.relay.unsent import unsent
from shared.streams.connection import connect
from shared.unit_of_work import UnitsOfWork

log = structlog.get_logger()

Check = Callable[[], Awaitable[None]]
"""Raises when something is not as it must be."""


TRIED_AGAIN_SECONDS = 15.0
"""At most, until a timer is run again that failed: the service is not ready before it has run. Then twice as long each
time, so that one which always fails takes no more of the database than it would."""


class NotWorking(Exception):
    """A check failed; the message is a code."""


@dataclass(frozen=True)
class Worker:
    """What is running. When a part of it ends, so does what it runs beside."""

    live: Mapping[str, Check]
    """Checks by name, for /livez: only a new process helps when one fails."""
    ready: Mapping[str, Check]
    """Checks by name, for /readyz: someone should look when one fails."""
    measures: Mapping[str, Measure]
    """For /metrics."""


@dataclass(frozen=True)
class Timer:
    """Something that happens because time passes."""

    name: str
    """In snake_case, for the log."""
    every_seconds: float
    """Between one run that found nothing to do and the next."""
    run: Callable[[], Awaitable[int]]
    """Gives how many things it changed, and is run again at once while there are any.

    Every process of a service runs it, at whatever moment, so two that run at once do it once
    (`test_timers_of_two_processes_do_each_thing_once`).
    """


class TimerTroubles:
    """Which timers cannot do their work now."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    async def keep(self, timer: Timer) -> None:
        """Run it until cancelled. What fails is tried again: one row that cannot be handled must not stop the pages."""
        patience = TRIED_AGAIN_SECONDS
        while True:
            wait = timer.every_seconds
            try:
                if await timer.run():
                    wait = 0  # there may be more
                patience = TRIED_AGAIN_SECONDS
                self._codes.pop(timer.name, None)
                TIMER_SUCCEEDED.labels(timer.name).set_to_current_time()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is said by /readyz and tried again
                self._codes[timer.name] = code_of(error)
                log.warning("timer_waits", timer=timer.name, trouble=error)
                wait, patience = min(wait, patience), patience * 2
            await asyncio.sleep(wait)

    async def check(self) -> None:
        """Raises NotWorking when one of them failed the last time."""
        if self._codes:
            raise NotWorking(f"timer_failed: {', '.join(sorted(self._codes))}")


@dataclass(frozen=True)
class Hears:
    """What a team's service does when others say something."""

    team: Mapping[str, Sequence[Reaction]] = field(default_factory=dict[str, Sequence[Reaction]])
    """By the service of its team."""
    network: Sequence[Reaction] = ()
    """When the same service of another team does."""
    ended_sign_ins: Callable[[Redis], Coroutine[Any, Any, None]] | None = None
    """Until cancelled: when one of its team's services says which sign-ins are over."""


@asynccontextmanager
async def team_worker(
    settings: Settings,
    service: str,
    clock: Clock,
    timers: Sequence[Timer] = (),
    *,
    units: UnitsOfWork[Any],
    hears: Hears | None = None,
) -> AsyncGenerator[Worker]:
    """Relay the service's outbox, run its timers, and react to what others of its team say, while the body runs.

    Args:
        units: what its reactions run in.
        hears: its reactions.
    """
    team = settings.team or ""
    async with AsyncExitStack() as stack:
        redis = await stack.enter_async_context(connect(settings.redis_url))
        relay = Relay(settings.database_url, redis, team, service)
        troubles = TimerTroubles()
        keeping: dict[str, Coroutine[Any, Any, None]] = {timer.name: troubles.keep(timer) for timer in timers}
        if hears and hears.ended_sign_ins:
            keeping["ended_sign_ins"] = hears.ended_sign_ins(redis)
        await stack.enter_async_context(beside(relay=relay.run(), **keeping))

        async def publishes() -> None:
            if relay.trouble:
                raise NotWorking(relay.trouble)

        async def relays() -> None:
            relay.pulse.check()

        worker = Worker(
            {"relay_goes_round": relays},
            {"relay": publishes, "timers": troubles.check},
            {"unsent": unsent(settings.database_url, relay.sent)},
        )
        if hears and (hears.team or hears.network):
            streams = [Stream(team, each, Audience.TEAM) for each in hears.team]
            of_others = _of_other_teams(team, service) if hears.network else None
            sink = Reactions(units, {**hears.team, **({service: hears.network} if hears.network else {})})
            reader = await stack.enter_async_context(
                _reading(settings, clock, lambda _: sink, streams=streams, of_every_team=of_others)
            )
            worker = Worker(
                {**worker.live, **reader.live},
                {**worker.ready, **reader.ready},
                {**worker.measures, **reader.measures},
            )
        yield worker


def _of_other_teams(team: str, service: str) -> Callable[[str, str], Stream | None]:
    def of(other: str, theirs: str) -> Stream | None:
        return of_the_network(other, service) if other != team and theirs == service else None

    return of


@asynccontextmanager
async def region_worker(
    settings: Settings, projections: Sequence[Projection], clock: Clock, timers: Sequence[Timer] = ()
) -> AsyncGenerator[Worker]:
    """Read every team's stream for the region, and run its timers, while the body runs."""
    troubles = TimerTroubles()
    async with (
        beside(**{timer.name: troubles.keep(timer) for timer in timers}),
        _reading(
            settings,
            clock,
            lambda pool: Projections(pool, projections),
            of_every_team=of_the_region,
            keeps_trails=True,
        ) as worker,
    ):
        yield replace(worker, ready={**worker.ready, "timers": troubles.check})


@asynccontextmanager
async def _reading(
    settings: Settings,
    clock: Clock,
    sink: Callable[[asyncpg.Pool], Sink],
    *,
    streams: Sequence[Stream] = (),
    of_every_team: Callable[[str, str], Stream | None] | None = None,
    keeps_trails: bool = False,
) -> AsyncGenerator[Worker]:
    """Read streams into a sink while the body runs."""
    from faststream.redis import RedisBroker  # noqa: PLC0415 - 10 MB, and a service that hears nobody has no need of it

    from shared.inbox.reader import MOST_STREAMS, Reader  # noqa: PLC0415 - likewise

    async with pooled(settings.database_url) as pool:
        broker = RedisBroker(
            settings.redis_url, max_connections=MOST_STREAMS + 10, apply_types=False, log_level=logging.DEBUG
        )
        async with connect(settings.redis_url) as redis:
            inbox = Inbox(pool, sink(pool), CATALOGUE, clock=clock)
            reader = Reader(broker, redis, inbox, streams, of_every_team, keeps_trails=keeps_trails)

            async def follows_all() -> None:
                if reader.stopped:
                    raise NotWorking("stream_not_read")

            async def goes_round() -> None:
                reader.check()

            async with reader.running():
                yield Worker(
                    {"reader_goes_round": goes_round},
                    {"streams": follows_all},
                    {"unread": unread(pool, reader.awaited)},
                )
