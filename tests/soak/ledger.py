"""What was acknowledged: each commit of a team, by the family and its version, and what nobody knows the end of."""

import asyncio
import random
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from shared.kernel.actor import public_form
from shared.kernel.clock import machine_clock
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.guarantees.spine import REGION_KEY, Family, Spine, engine_of, rows

PAUSE_SECONDS = 0.1


@dataclass
class Ledger:
    """Of one team."""

    spine: Spine
    acknowledged: set[tuple[UUID, int]] = field(default_factory=set[tuple[UUID, int]])
    unknown: set[tuple[UUID, int]] = field(default_factory=set[tuple[UUID, int]])
    """The connection broke before the answer came: it is stored, or it is not."""

    async def write(self, chance: random.Random) -> None:
        """Commit a few events at a time about families, some of them about one from before, until cancelled."""
        engine = engine_of(self.spine.team_database)
        units = UnitsOfWork(engine, UnitOfWork, region_key=REGION_KEY, clock=machine_clock)
        try:
            family = Family()
            while True:
                family = Family() if chance.random() < 0.5 else family
                family = await self._commit(units, family, chance.randint(1, 4))
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            await engine.dispose()

    async def _commit(self, units: UnitsOfWork[UnitOfWork], family: Family, events: int) -> Family:
        first = family.version + 1
        written = {(family.id, version) for version in range(first, first + events)}
        try:
            async with units.begin(public_form()) as work:
                for _ in range(events):
                    work.publish(self.spine.event_about(family), about=family)
        except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            self.unknown |= written
            return Family()
        self.acknowledged |= written
        return family

    async def is_kept(self) -> None:
        """What was acknowledged is in the outbox once, for the team and for the region, and nothing else is."""
        for audience in ("team", "region"):
            found = await rows(
                self.spine.team_database,
                f"SELECT aggregate_id, aggregate_version FROM outbox WHERE audience = '{audience}'",
            )
            kept = [(row["aggregate_id"], row["aggregate_version"]) for row in found]
            assert len(kept) == len(set(kept))
            assert self.acknowledged <= set(kept)
            assert set(kept) <= self.acknowledged | self.unknown
