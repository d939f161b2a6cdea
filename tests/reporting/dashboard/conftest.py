"""A regional lead at work, in a unit of work that is committed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork, UnitsOfWork

LEAD_ID = UUID(int=4)
AT = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)


@pytest.fixture
async def work(engine: AsyncEngine) -> AsyncIterator[UnitOfWork]:
    units = UnitsOfWork(engine, UnitOfWork, region_key=bytes(32), clock=lambda: AT)
    async with units.begin(Actor(LEAD_ID, frozenset({Role.REGIONAL_LEAD}))) as work:
        await Colleagues(work.session).remember(LEAD_ID, "Maya Sample", [Role.REGIONAL_LEAD])
        yield work
