"""The relay: from the outbox to Redis, in order, without a hole, as often as it takes.

One relay works for a service at a time; others wait for its advisory lock. It wakes when a transaction that published
commits (NOTIFY) and on a slow tick. It keeps nothing that it could not learn again: what must be sent is the difference
between the outbox and what Redis says it has. Killed anywhere, it goes on from there
(`tests/guarantees/test_killed_between_any_two_steps.py`).
"""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import asyncpg
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.audit.trail import read_trail
from shared.contracts.streams import Audience, EntryId, Stream
from shared.kernel.clock import machine_stopwatch
from shared.kernel.error_code import code_of
from shared.kernel.faults import Reached, go_on
from shared.kernel.postgres import BROKEN, BY_KEY, Connection
from shared.kernel.pulse import Pulse
from shared.relay.positions import State, give_positions, read_states, rows_after, start_epoch
from shared.relay.publisher import Batch, RedisIsAhead, StreamLost, publish, published_up_to
from shared.streams.heartbeat import beat
from shared.streams.replay import ReplayRequests
from shared.streams.top import top_of

ADVISORY_LOCK = 0x7061_6972
TICK_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0

log = structlog.get_logger()


class Relay:
    """Publishes what one service of one team has in its outbox.

    Args:
        database_url: of the service; its role may ask for positions and change `relay_state`, and no more.
        redis: connected as the service's own user.
        reached: told each step; a test kills the process there.
    """

    def __init__(self, database_url: str, redis: Redis, team: str, service: str, *, reached: Reached = go_on) -> None:
        self._database_url = database_url
        self._redis = redis
        self._team = team
        self._service = service
        self._streams: dict[Audience, Stream] = {}
        self._reached = reached
        self.sent: dict[Audience, int] = {}
        """The last position that is on each stream, as far as this relay knows."""
        self._states: dict[Audience, State] = {}
        self._requests = ReplayRequests(redis, [])
        self._beat_at = -math.inf
        self._told_of_trail = 0
        self.pulse = Pulse("relay")
        self.trouble: str | None = "not started"
        """Why nothing can be published now, as a code for /readyz; None when all is well."""

    async def run(self) -> None:
        """Relay until cancelled; trouble with PostgreSQL or Redis is waited out, at most 5 seconds at a time."""
        wait = 0.1
        while True:
            self.pulse.beat()
            trouble = await self._lead_until_trouble()
            wait = 0.1 if self.trouble is None else min(wait * 2, 5.0)
            self.trouble = trouble
            log.warning("relay_waits", trouble=trouble)
            await asyncio.sleep(wait)

    async def _lead_until_trouble(self) -> str:
        try:
            await self._lead()
        except RedisIsAhead:
            return "redis_is_ahead"
        except StreamLost:
            return "stream_lost"
        except (OSError, RedisError, asyncpg.PostgresError, *BROKEN) as error:
            return code_of(error)

    async def _lead(self) -> NoReturn:
        """Hold the lock and relay until something breaks."""
        connection = await asyncpg.connect(self._database_url, server_settings=BY_KEY)
        try:
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", ADVISORY_LOCK):
                self.pulse.beat()
                self.trouble = None  # another one leads: that we stand by is how it should be
                await asyncio.sleep(TICK_SECONDS)
            await self._begin(connection)
            woken = asyncio.Event()
            await connection.add_listener("outbox", _wake(woken))
            while True:
                self.pulse.beat()
                woken.clear()
                await self.catch_up(connection)
                self.trouble = None
                await self._work(connection, woken)
        finally:
            connection.terminate()

    async def _begin(self, connection: Connection) -> None:
        """Learn from the database to whom the service speaks; read requests anew, as one may not have been answered."""
        audiences = await read_states(connection)
        self._streams = {audience: Stream(self._team, self._service, audience) for audience in audiences}
        self._requests = ReplayRequests(self._redis, [*self._streams.values()])

    async def _work(self, connection: Connection, woken: asyncio.Event) -> None:
        """Send at every wake, and a heartbeat when one is due; return at the slow tick however much waits, so that
        requests are answered, and what Redis has is asked again.
        """
        now = asyncio.get_running_loop().time
        end = now() + TICK_SECONDS
        while (left := end - now()) > 0:
            await self._beat(connection, self._sent_heads())
            if await self.step(connection):
                continue
            try:
                async with asyncio.timeout(left):  # `wait_for` can lose a cancellation, before Python 3.12
                    await woken.wait()
            except TimeoutError:
                return
            woken.clear()

    async def catch_up(self, connection: Connection) -> None:
        """Answer requests for a replay, ask Redis how far it got, and send what it has not.

        Meanwhile a heartbeat says where each stream will end: most of this was sent before, and whoever read it must
        not take a stream that is being filled up for one that went back.
        """
        await self._answer_requests(connection)
        self._states = await read_states(connection)
        for audience, stream in self._streams.items():
            top = await top_of(self._redis, stream)
            self.sent[audience] = published_up_to(top, self._states[audience])
            while rows := await self._missing(connection, audience):
                await self._send({audience: rows})
                await self._beat(connection, {a: state.head for a, state in self._states.items()})

    async def step(self, connection: Connection) -> int:
        """Give positions to one batch and send it; how many events there were."""
        batch = await give_positions(connection)
        self.pulse.beat()
        self._reached("positions_given")
        for audience, rows in batch.items():
            self._states[audience] = self._states[audience]._replace(last_position=rows[-1]["position"])
        # What does not follow is sent by the next tick, behind what is missing.
        await self._send({a: rows for a, rows in batch.items() if rows[0]["position"] == self.sent[a] + 1})
        return sum(len(rows) for rows in batch.values())

    async def _missing(self, connection: Connection, audience: Audience) -> list[asyncpg.Record]:
        if self.sent[audience] >= self._states[audience].last_position:
            return []
        return await rows_after(connection, audience, self.sent[audience])

    async def _send(self, given: Mapping[Audience, Sequence[asyncpg.Record]]) -> None:
        if not given:
            return
        await publish(
            self._redis,
            [Batch(self._streams[audience], self._states[audience].epoch, rows) for audience, rows in given.items()],
        )
        self._reached("sent")
        self.pulse.beat()
        self.sent |= {audience: rows[-1]["position"] for audience, rows in given.items()}

    async def _answer_requests(self, connection: Connection) -> None:
        for stream, entry in await self._requests.new():
            if await start_epoch(connection, stream.audience, after=entry.epoch, first_position=entry.position):
                log.warning("replay_begins", stream=stream.key, position=entry.position)
                self._reached("replay_begun")

    def _sent_heads(self) -> dict[Audience, EntryId]:
        return {audience: EntryId(state.epoch, self.sent[audience]) for audience, state in self._states.items()}

    async def _beat(self, connection: Connection, heads: Mapping[Audience, EntryId]) -> None:
        now = machine_stopwatch()
        if now - self._beat_at < HEARTBEAT_SECONDS:
            return
        trail = await read_trail(connection, told=self._told_of_trail)
        await beat(self._redis, {self._streams[audience]: head for audience, head in heads.items()}, trail)
        self._told_of_trail = max(self._told_of_trail, trail.head.number if trail else 0)
        self._beat_at = now


def _wake(woken: asyncio.Event) -> Callable[..., None]:
    def heard(*_: object) -> None:
        woken.set()

    return heard
