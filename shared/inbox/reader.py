"""Read all streams that a service hears, each for itself, and begin with a new team's the moment that it is announced.

A team's service hears the streams of its own team that it declares, and of other teams what the same service says to
its own. The region hears one of every service of every
team: the registry is read from its beginning at each start, and the teams that were ever read are in the checkpoints,
so a lost registry loses no team. A team that has left is no longer read; what it published stays. The region also keeps
where each team's audit trail ends, and its replicas share the teams (`shared.inbox.leases`).
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.contracts.catalogue import CATALOGUE, MalformedEvent, NewerVersion, UnknownEvent
from shared.contracts.envelope import WrongEnvelope, read_envelope
from shared.contracts.platform import TeamLeft, TeamOnboarded, TeamSuspended
from shared.contracts.streams import REGISTRY, Stream, stream_of
from shared.database.trouble import ends_by_itself
from shared.inbox.audit_heads import AuditHeads
from shared.inbox.dead_letters import replay_requested
from shared.inbox.heartbeats import Heartbeats
from shared.inbox.leases import ROUND_SECONDS, Leases
from shared.inbox.receive import Inbox
from shared.inbox.stream_reader import StreamReader
from shared.kernel.beside import beside
from shared.kernel.cancel import cancel
from shared.kernel.pulse import Pulse
from shared.streams.connection import read_streams

TICK_SECONDS = 2.0
MOST_STREAMS = 1000

OfEveryTeam = Callable[[str, str], Stream | None]
"""Which stream of a team's service is read, if any."""

log = structlog.get_logger()


class Reader:
    """Reads streams into an inbox.

    Args:
        streams: those that are read whatever the registry says.
        of_every_team: which stream is read of a team's service that the registry names; without it, the registry is
            not read.
        keeps_trails: whether it keeps where the audit trails of the teams end, and which teams have left, and reads
            only those whose lease it holds: the region.
    """

    def __init__(
        self,
        broker: RedisBroker,
        redis: Redis,
        inbox: Inbox,
        streams: Sequence[Stream] = (),
        of_every_team: OfEveryTeam | None = None,
        *,
        keeps_trails: bool = False,
    ) -> None:
        self.readers: dict[Stream, StreamReader] = {}
        self._broker = broker
        self._redis = redis
        self._inbox = inbox
        self._streams = streams
        self._of_every_team = of_every_team
        self._heartbeats = Heartbeats(redis, inbox.pool)
        self._audit_heads = AuditHeads(inbox.pool) if keeps_trails else None
        self._leases = Leases(inbox.pool) if keeps_trails else None
        self._wanted = set[Stream]()
        """Those that are read here or by another replica."""
        self._held = frozenset[str]()
        self._leaving: dict[str, asyncio.Task[None]] = {}
        """By team: those that another replica is to read, as soon as nothing is stored of them here."""
        self._sharing = asyncio.Lock()
        self._pulse = Pulse("reader")
        self._suspended = set[str]()

    @property
    def stopped(self) -> list[str]:
        """The keys of streams whose subscriber is down, and will be started again; for /readyz."""
        return [stream.key for stream, reader in self.readers.items() if not reader.is_running]

    def awaited(self) -> list[str]:
        """The keys of streams from which something should come: not of a team that was suspended, or has left."""
        return [stream.key for stream in self.readers if stream.team not in self._suspended]

    def check(self) -> None:
        """Raises Hangs when something of it does nothing any more; only a new process helps."""
        for pulse in (self._pulse, *(reader.pulse for reader in self.readers.values())):
            pulse.check()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Read while the body runs. Raises LoopEnded when it cannot go on: only a new process helps."""
        await self._broker.start()
        for stream in (*self._streams, *await self._known()):
            self._wanted.add(stream)
            await self._follow(stream)
        loops = {"registry": self._follow_registry(self._of_every_team)} if self._of_every_team else {}
        if self._leases:
            await self._share(self._leases)
            loops["leases"] = self._keep_leases(self._leases)
        try:
            async with beside(tick=self._tick(), **loops):
                yield
        finally:
            await cancel([*self._leaving.values()])
            await asyncio.gather(*(reader.stop() for reader in self.readers.values()), return_exceptions=True)
            if self._leases:
                with contextlib.suppress(Exception):  # whatever it held ends by itself
                    await self._leases.leave()
            await self._broker.stop()

    async def _known(self) -> list[Stream]:
        """Those of every team that were ever read."""
        if self._of_every_team is None:
            return []
        rows = await self._inbox.pool.fetch("SELECT stream FROM checkpoint WHERE state <> 'left'")
        streams = [stream_of(row["stream"]) for row in rows]
        return [stream for stream in streams if self._of_every_team(stream.team, stream.service) == stream]

    async def _keep_leases(self, leases: Leases) -> None:
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            await self._share(leases)

    async def _share(self, leases: Leases) -> None:
        """One round: read those teams whose lease it holds, and no others."""
        async with self._sharing:
            teams = {stream.team for stream in self._wanted}
            try:
                self._held = await leases.hold(teams)
                surplus = await leases.too_many(self._held, len(teams))
            except Exception as error:
                if not _ends_by_itself(error):
                    raise
                log.warning("leases_wait", trouble=error)
                return
            for team in {*surplus, *(stream.team for stream in self.readers)} - (self._held - surplus):
                if team not in self._leaving:
                    self._leaving[team] = asyncio.create_task(self._let_go(team, leases), name=f"leaves {team}")
            for stream in list(self._wanted):
                await self._follow(stream)

    async def _let_go(self, team: str, leases: Leases) -> None:
        """Read a team no longer; what is being stored is stored first."""
        try:
            streams = [stream for stream in self.readers if stream.team == team]
            await asyncio.gather(*(self.readers.pop(stream).stop() for stream in streams), return_exceptions=True)
            log.info("team_given_back", streams=len(streams))
            await leases.give_back([team])
        except Exception as error:  # noqa: BLE001 - it ends by itself, three seconds after this replica's end
            log.warning("leases_wait", trouble=error)
        finally:
            self._held -= {team}
            self._leaving.pop(team, None)

    async def _follow(self, stream: Stream) -> None:
        if self._leases and (stream.team not in self._held or stream.team in self._leaving):
            return
        if stream not in self.readers:
            reader = self.readers[stream] = StreamReader(self._broker, self._redis, self._inbox, stream)
            try:
                await reader.start()
            except Exception as error:
                if not _ends_by_itself(error):
                    raise
                log.warning("stream_waits", stream=stream.key, trouble=error)
                reader.restart()  # until the servers answer; the pages are there meanwhile
            else:
                log.info("stream_followed", stream=stream.key)

    async def _follow_registry(self, of_every_team: OfEveryTeam) -> None:
        read_up_to = "0-0"
        while True:
            try:
                for _, entries in await read_streams(self._redis, {REGISTRY: read_up_to}, wait_milliseconds=2000):
                    for entry_id, fields in entries:
                        await self._learn(fields, of_every_team)
                        read_up_to = entry_id.decode()
            except Exception as error:
                if not _ends_by_itself(error):
                    raise
                log.warning("registry_waits", trouble=error)
                await asyncio.sleep(1)

    async def _learn(self, fields: dict[bytes, bytes], of_every_team: OfEveryTeam) -> None:
        try:
            envelope = read_envelope(fields)
            event = CATALOGUE.parse(envelope.type, envelope.body)
        except (WrongEnvelope, UnknownEvent, NewerVersion, MalformedEvent):
            log.warning("registry_entry_ignored")
            return
        match event:
            case TeamOnboarded():
                await self._begins_with(event, envelope.time, of_every_team)
            case TeamSuspended():
                self._suspended.add(event.team)
            case TeamLeft():
                await self._ends_with(event, envelope.time)
            case _:
                pass

    async def _begins_with(self, event: TeamOnboarded, at: datetime, of_every_team: OfEveryTeam) -> None:
        self._suspended.discard(event.team)
        await self._inbox.pool.execute(_RETURNED, event.team, at)
        new = {stream for service in event.services if (stream := of_every_team(event.team, service))} - self._wanted
        self._wanted |= new
        if self._leases and new:
            await self._share(self._leases)
        for stream in new:
            await self._follow(stream)

    async def _ends_with(self, event: TeamLeft, at: datetime) -> None:
        self._wanted -= {one for one in self._wanted if one.team == event.team and one not in self._streams}
        for stream in [one for one in self.readers if one.team == event.team and one not in self._streams]:
            await self.readers.pop(stream).stop()
        if self._audit_heads:
            await self._inbox.pool.execute(_LEFT, event.team, at)

    async def _tick(self) -> None:
        while True:
            self._pulse.beat()
            await asyncio.sleep(TICK_SECONDS)
            try:
                heard = await self._heartbeats.tick(self.readers)
                if self._audit_heads:
                    await self._audit_heads.learn(heard)
                await replay_requested(self._inbox)
                for reader in self.readers.values():
                    if not reader.is_running:
                        reader.restart()
            except Exception as error:
                if not _ends_by_itself(error):
                    raise
                log.warning("tick_waits", trouble=error)


_LEFT = "UPDATE checkpoint SET state = 'left', state_since = $2 WHERE team = $1 AND state <> 'left'"
_RETURNED = (
    "UPDATE checkpoint SET state = 'reading', state_since = $2 WHERE team = $1 AND state = 'left' AND state_since < $2"
)
"""The registry is read from its beginning at each start: a team that was announced before it left has not returned."""


def _ends_by_itself(error: Exception) -> bool:
    return isinstance(error, RedisError) or ends_by_itself(error)
