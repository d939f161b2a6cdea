"""A team that is not ready is provisional until it says that it is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.publication.commands.say_not_ready import SayNotReady, say_not_ready
from services.reporting.publication.database.readiness import Readiness
from shared.kernel.actor import system
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import LEADER, a_series, publish

FEBRUARY = date(2026, 2, 1)
NOW = datetime(2026, 3, 5, tzinfo=UTC)
LATE = SayNotReady("blackpool", FEBRUARY, "Two clinics are not typed in. They will be by Friday.")


@pytest.fixture
async def units(engine: AsyncEngine, feed: Feed) -> UnitsOfWork[UnitOfWork]:
    await feed.announce("blackpool")
    return UnitsOfWork(engine, UnitOfWork, region_key=b"k" * 32, clock=lambda: NOW)


async def test_it_says_why_and_may_be_said_again_in_other_words(units: UnitsOfWork[UnitOfWork]) -> None:
    async with units.begin(LEADER) as work:
        await say_not_ready(LATE, work)
        await say_not_ready(SayNotReady("blackpool", FEBRUARY, "One clinic."), work)
        assert await Readiness(work).why_not("blackpool", FEBRUARY) == "One clinic."
        assert work.recorded == [("readiness.say_not_ready", None)] * 2


async def test_of_a_frozen_month_nothing_needs_to_be_said(units: UnitsOfWork[UnitOfWork], engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await publish(session, a_series(12), month=FEBRUARY)

    async with units.begin(LEADER) as work:
        with pytest.raises(RuleBroken, match="month_frozen"):
            await say_not_ready(LATE, work)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (SayNotReady("nowhere", FEBRUARY, "Why"), NotFound),
        (SayNotReady("blackpool", date(2026, 4, 1), "Why"), RuleBroken),
    ],
)
async def test_a_team_of_another_region_and_a_month_to_come_are_refused(
    units: UnitsOfWork[UnitOfWork], command: SayNotReady, refusal: type[Exception]
) -> None:
    async with units.begin(LEADER) as work:
        with pytest.raises(refusal):
            await say_not_ready(command, work)


async def test_only_who_leads_the_region_says_it(units: UnitsOfWork[UnitOfWork]) -> None:
    async with units.begin(system()) as work:
        with pytest.raises(NotAllowed):
            await say_not_ready(LATE, work)
