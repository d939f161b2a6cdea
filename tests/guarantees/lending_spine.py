"""One team's outbox, and another service of the team that reacts to it: the library of `tests.services.lending`."""

import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import asyncpg
from faststream.redis import RedisBroker
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import create_async_engine

from shared.contracts.event import Event
from shared.contracts.family import FamilyRecorded, PersonBorn
from shared.contracts.streams import Audience
from shared.inbox.reactions import Reactions
from shared.inbox.reader import Reader
from shared.inbox.receive import Inbox
from shared.inbox.sink import Sink
from shared.kernel.clock import machine_clock
from shared.kernel.faults import Reached
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.guarantees.spine import REGION_KEY, Family, Spine, rows
from tests.services.lending.reactions.on_families_merged import on_families_merged
from tests.services.lending.reactions.on_family_recorded import on_family_recorded
from tests.services.lending.reactions.on_person_born import on_person_born

PATIENCE = {"lock_timeout": "200ms"}


@dataclass
class LendingSpine(Spine):
    """Families are recorded, babies are born, and the library makes a parcel for each."""

    audience: ClassVar[Audience] = Audience.TEAM
    effects: ClassVar[Sequence[Any]] = (on_family_recorded, on_families_merged, on_person_born)

    def event_about(self, family: Family) -> Event:
        if family.version == 0:
            return FamilyRecorded(family_id=family.id)
        return PersonBorn(family_id=family.id, person_id=new_id())

    def reader(self, broker: RedisBroker, redis: Redis, inbox: Inbox) -> Reader:
        return Reader(broker, redis, inbox, [self.stream])

    @contextlib.asynccontextmanager
    async def sink(self, pool: asyncpg.Pool, effects: Sequence[Any], reached: Reached) -> AsyncGenerator[Sink]:  # noqa: ARG002
        engine = create_async_engine(
            self.reader_database.replace("postgresql://", "postgresql+asyncpg://", 1),
            connect_args={"server_settings": PATIENCE},
        )
        units = UnitsOfWork(engine, UnitOfWork, region_key=REGION_KEY, clock=machine_clock)
        yield Reactions(units, {"referral": effects}, reached)
        await engine.dispose()

    async def log(self) -> list[asyncpg.Record]:
        return await rows(
            self.reader_database,
            f"SELECT position, event_id, type FROM inbox WHERE stream = '{self.stream.key}' ORDER BY position",
        )

    async def parcels(self) -> list[asyncpg.Record]:
        return await rows(self.reader_database, "SELECT * FROM parcel ORDER BY position, id")

    async def families(self) -> list[asyncpg.Record]:
        return await rows(self.reader_database, "SELECT * FROM family ORDER BY id")

    async def tasks(self) -> list[asyncpg.Record]:
        """What the library published itself."""
        return await rows(self.reader_database, "SELECT * FROM outbox WHERE audience = 'team' ORDER BY seq")

    async def agrees(self) -> None:
        """Each event had its effect once, in its order (a parcel before its family would have been set aside)."""
        outbox = await self.outbox()
        born = [row["position"] for row in outbox if row["type"] == PersonBorn.type]
        parcels = await self.parcels()
        assert [tuple(row) for row in await self.log()] == [tuple(row)[:3] for row in outbox]
        assert [row["position"] for row in parcels] == born
        assert len(await self.families()) == len([row for row in outbox if row["type"] == FamilyRecorded.type])
        assert sorted(row["aggregate_id"] for row in await self.tasks()) == sorted(row["id"] for row in parcels)
        assert not await self.letters()
