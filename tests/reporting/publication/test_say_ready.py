"""A team that was not ready is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.publication.commands.say_not_ready import SayNotReady, say_not_ready
from services.reporting.publication.commands.say_ready import SayReady, say_ready
from services.reporting.publication.database.readiness import Readiness
from shared.kernel.errors import Conflict, NotFound
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import LEADER

FEBRUARY = date(2026, 2, 1)
READY = SayReady("blackpool", FEBRUARY)


async def test_it_stands_by_its_figures_again_and_a_second_time_is_told_so(engine: AsyncEngine, feed: Feed) -> None:
    await feed.announce("blackpool")
    clock = datetime(2026, 3, 5, tzinfo=UTC)
    units = UnitsOfWork(engine, UnitOfWork, region_key=b"k" * 32, clock=lambda: clock)

    async with units.begin(LEADER) as work:
        await say_not_ready(SayNotReady("blackpool", FEBRUARY, "One clinic."), work)
        await say_ready(READY, work)
        assert await Readiness(work).why_not("blackpool", FEBRUARY) is None
        with pytest.raises(Conflict):
            await say_ready(READY, work)
        with pytest.raises(NotFound):
            await say_ready(SayReady("nowhere", FEBRUARY), work)
