"""One team's outbox and what a reader makes of it, with the relay and the reader between them, and the check of both.

`Spine` ends in the region, which counts; `tests.guarantees.lending_spine` in another service of the team, which reacts.
"""

import asyncio
import contextlib
import logging
import random
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.contracts.catalogue import CATALOGUE, Catalogue
from shared.contracts.event import Event
from shared.contracts.platform import TeamOnboarded
from shared.contracts.referral import ReferralReceived
from shared.contracts.streams import Audience, EntryId, Stream, of_the_region
from shared.contracts.vocabulary import AgeBand, ReferralReason, ReferralRoute, SourceGroup
from shared.inbox.projection import Projections
from shared.inbox.reader import Reader
from shared.inbox.receive import Inbox
from shared.inbox.sink import Sink
from shared.kernel.actor import public_form
from shared.kernel.cancel import cancel
from shared.kernel.clock import machine_clock
from shared.kernel.faults import Reached, go_on
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import pooled
from shared.relay.relay import Relay
from shared.streams.connection import connect
from shared.tenancy.registry import announce
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import PROJECTIONS

REGION_KEY = bytes(range(32))
IN_ORDER = "outbox LEFT JOIN outbox_in_order USING (seq, audience)"
"""The outbox, and the positions that the relay gave."""


@dataclass
class Family:
    """Stands for whatever an event is about."""

    id: UUID = field(default_factory=new_id)
    version: int = 0


def a_referral(family: Family) -> ReferralReceived:
    return ReferralReceived(
        referral_id=family.id,
        route=ReferralRoute.PUBLIC_FORM,
        source_group=SourceGroup.HEALTH_VISITING,
        reasons=(ReferralReason.BONDING,),
        age_band=AgeBand.MONTHS_0_2,
        has_nhs_number=False,
        received_on=date(2026, 3, 2),
    )


def engine_of(database_url: str) -> AsyncEngine:
    return create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=20)


@dataclass
class Spine:
    """Addresses of one team's referral service, and of the service that reads it: the region's reporting."""

    audience: ClassVar[Audience] = Audience.REGION
    effects: ClassVar[Sequence[Any]] = PROJECTIONS

    team: str
    team_database: str
    team_redis: str
    reader_database: str
    reader_redis: str
    operator_redis: str

    @property
    def stream(self) -> Stream:
        return Stream(self.team, "referral", self.audience)

    def event_about(self, family: Family) -> Event:
        return a_referral(family)

    async def commit(self, events: int, *, per_family: int = 1) -> None:
        """Commit that many events, a few to a transaction, about families of `per_family` events each."""
        engine = engine_of(self.team_database)
        units = UnitsOfWork(engine, UnitOfWork, region_key=REGION_KEY, clock=machine_clock)
        family, left = Family(), events
        while left:
            async with units.begin(public_form()) as work:
                for _ in range(min(left, random.randint(1, 5))):
                    if family.version == per_family:
                        family = Family()
                    work.publish(self.event_about(family), about=family)
                    left -= 1
        await engine.dispose()

    async def announce(self) -> None:
        async with self.operator() as redis:
            await announce(redis, TeamOnboarded(team=self.team, services=("referral",)))

    @contextlib.asynccontextmanager
    async def operator(self) -> AsyncGenerator[Redis]:
        async with connect(self.operator_redis) as redis:
            yield redis

    @contextlib.asynccontextmanager
    async def relaying(self, reached: Reached = go_on) -> AsyncGenerator[Relay]:
        async with connect(self.team_redis) as redis:
            relay = Relay(self.team_database, redis, self.team, "referral", reached=reached)
            task = asyncio.create_task(relay.run())
            try:
                yield relay
            finally:
                await cancel([task])

    @contextlib.asynccontextmanager
    async def reading(
        self,
        catalogue: Catalogue = CATALOGUE,
        effects: Sequence[Any] | None = None,
        reached: Reached = go_on,
    ) -> AsyncGenerator[Reader]:
        broker = RedisBroker(self.reader_redis, max_connections=1000, apply_types=False, log_level=logging.DEBUG)
        async with self.inbox(catalogue, effects, reached) as inbox, connect(self.reader_redis) as redis:
            reader = self.reader(broker, redis, inbox)
            async with reader.running():
                yield reader

    def reader(self, broker: RedisBroker, redis: Redis, inbox: Inbox) -> Reader:
        return Reader(broker, redis, inbox, of_every_team=of_the_region, keeps_trails=True)

    @contextlib.asynccontextmanager
    async def inbox(
        self,
        catalogue: Catalogue = CATALOGUE,
        effects: Sequence[Any] | None = None,
        reached: Reached = go_on,
    ) -> AsyncGenerator[Inbox]:
        async with (
            pooled(self.reader_database) as pool,
            self.sink(pool, self.effects if effects is None else effects, reached) as sink,
        ):
            yield Inbox(pool, sink, catalogue, clock=machine_clock, reached=reached)

    @contextlib.asynccontextmanager
    async def sink(self, pool: asyncpg.Pool, effects: Sequence[Any], reached: Reached) -> AsyncGenerator[Sink]:
        yield Projections(pool, effects, reached)

    async def outbox(self) -> list[asyncpg.Record]:
        """What the reader must have, in its order."""
        return await rows(
            self.team_database,
            f"SELECT position, event_id, type, body::text FROM {IN_ORDER} WHERE audience = '{self.audience}' "
            "ORDER BY position NULLS LAST, seq",
        )

    async def log(self) -> list[asyncpg.Record]:
        """What the reader has, in its order."""
        return await rows(
            self.reader_database,
            f"SELECT position, event_id, type, body::text FROM event_log WHERE stream = '{self.stream.key}' "
            "ORDER BY position",
        )

    async def facts(self) -> int:
        [row] = await rows(
            self.reader_database, f"SELECT count(*) AS n FROM referral_received WHERE stream = '{self.stream.key}'"
        )
        return row["n"]

    async def checkpoint(self) -> EntryId:
        [row] = await rows(
            self.reader_database, f"SELECT epoch, position FROM checkpoint WHERE stream = '{self.stream.key}'"
        )
        return EntryId(row["epoch"], row["position"])

    async def state(self) -> str:
        [row] = await rows(self.reader_database, f"SELECT state FROM checkpoint WHERE stream = '{self.stream.key}'")
        return row["state"]

    async def letters(self) -> list[asyncpg.Record]:
        """What was set aside and is not put right."""
        return await rows(self.reader_database, "SELECT * FROM dead_letter WHERE resolved_at IS NULL ORDER BY id")

    async def all_reported(self, *, within_seconds: float = 30) -> None:
        """Wait until the reader has as many events as were committed; then everything must be equal."""

        async def has_all() -> bool:
            return len(await self.log()) >= len(await self.outbox())

        with contextlib.suppress(TookTooLong):
            await until(has_all, within_seconds=within_seconds)
        await self.agrees()

    async def agrees(self) -> None:
        """Nothing lost, nothing doubled, nothing out of order, and the facts are those of the log."""
        outbox, log = await self.outbox(), await self.log()
        assert [row["position"] for row in log] == list(range(1, len(outbox) + 1))
        assert [tuple(row) for row in log] == [tuple(row) for row in outbox]
        assert max(Counter(row["event_id"] for row in log).values(), default=0) <= 1
        assert await self.facts() == len([row for row in log if "referral_received" in row["type"]])
        assert not await self.letters()


async def forget_after(admin: asyncpg.Connection, position: int) -> None:
    """The outbox as it was when its streams ended there, or before: the superuser restores it to the past."""
    kept = "SELECT seq FROM outbox_in_order WHERE position <= $1"
    await admin.execute(f"DELETE FROM outbox WHERE seq NOT IN ({kept})", position)
    await admin.execute("DELETE FROM outbox_waiting")
    await admin.execute("DELETE FROM outbox_order WHERE first_position > $1", position)
    await admin.execute("UPDATE outbox_order SET seqs = seqs[:$1 - first_position + 1]", position)
    await admin.execute("UPDATE relay_state SET last_position = least(last_position, $1)", position)


class TookTooLong(AssertionError):
    """What a test waits for did not come."""


async def until(holds: Callable[[], Awaitable[bool]], *, within_seconds: float = 20) -> None:
    """Wait until it holds; it is wrong that it does not within the time."""
    end = asyncio.get_running_loop().time() + within_seconds
    while not await holds():
        if asyncio.get_running_loop().time() > end:
            raise TookTooLong
        await asyncio.sleep(0.05)


async def rows(database_url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(database_url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()
