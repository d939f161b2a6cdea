"""What time makes due in the region."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.indicators.timers.enter_known_areas import enter_known_areas
from services.reporting.indicators.timers.reckon_figures import reckon_figures
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import a_referral

NOW = datetime(2026, 5, 20, tzinfo=UTC)


@pytest.fixture
def units(engine: AsyncEngine) -> UnitsOfWork[UnitOfWork]:
    return UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=lambda: NOW)


async def test_what_the_strategy_says_of_blackpool_is_entered_once_the_region_has_heard_of_it(
    units: UnitsOfWork[UnitOfWork], connection: Connection, feed: Feed
) -> None:
    await feed.take_in("burnley", a_referral())
    assert await enter_known_areas(units) == 0
    await feed.take_in("blackpool", a_referral())

    await asyncio.gather(enter_known_areas(units), enter_known_areas(units))

    entered = await connection.fetch("SELECT name, value FROM parameter_entered ORDER BY value")
    assert [tuple(row) for row in entered] == [("demand", 247), ("need", 740), ("births", 1480)]
    assert await enter_known_areas(units) == 0
    assert await reckon_figures(units) == 0
    rate = await connection.fetchrow(
        "SELECT numerator, denominator FROM figure WHERE indicator = 2 AND team = 'blackpool'"
    )
    assert rate is not None
    assert tuple(rate) == (1, 1480)


async def test_of_two_processes_one_makes_figures_and_none_is_made_twice(
    units: UnitsOfWork[UnitOfWork], connection: Connection, feed: Feed
) -> None:
    await feed.take_in("blackpool", a_referral())

    assert await asyncio.gather(reckon_figures(units), reckon_figures(units)) == [0, 0]

    assert await connection.fetchval("SELECT count(*) FROM dirty_month") == 0
    assert (
        await connection.fetchval(
            "SELECT count(*) FROM figure WHERE indicator = 1 AND month = '2026-03-01' AND way = ''"
        )
        == 1
    )


def test_figures_are_made_within_a_second() -> None:
    assert {timer.__name__: seconds for timer, seconds in SERVICE.timers()}["reckon_figures"] < 1
