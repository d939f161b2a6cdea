"""What the region knows of a team's area, and what figures are made of it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.indicators.commands.enter_parameter import EnterParameter, enter_parameter
from services.reporting.indicators.database.figures import reckon
from services.reporting.indicators.domain.parameter import AreaValue, Parameter
from services.reporting.indicators.queries.area_values import area_values
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import a_referral, an_acceptance

JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
NOW = datetime(2026, 5, 20, tzinfo=UTC)
LEAD = Actor(UUID(int=4), frozenset({Role.REGIONAL_LEAD}))


def births(month: date = JANUARY, value: int = 1480, team: str = "blackpool") -> AreaValue:
    return AreaValue(team, Parameter.BIRTHS, month, value, "Strategy 2023")


def units_of(engine: AsyncEngine) -> UnitsOfWork[UnitOfWork]:
    return UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=lambda: NOW)


async def enter(engine: AsyncEngine, *values: AreaValue, actor: Actor = LEAD, identity: UUID | None = None) -> None:
    for value in values:
        async with units_of(engine).begin(actor) as work:
            await enter_parameter(EnterParameter(identity or new_id(), value), work)
    async with AsyncSession(engine) as session, session.begin():
        await reckon(session, MAY, NOW)


async def rates(connection: Connection, indicator: int = 2) -> list[tuple[int, int, int]]:
    rows = await connection.fetch("SELECT * FROM figure WHERE indicator = $1 ORDER BY month", indicator)
    return [(row["month"].month, row["numerator"], row["denominator"]) for row in rows]


async def test_referrals_are_compared_with_the_births_that_hold_in_each_month(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MARCH), a_referral(MAY))
    await enter(engine, births(), births(MAY, 1500))

    assert await rates(connection) == [(3, 1, 1480), (4, 1, 1480), (5, 2, 1500)]


async def test_a_later_entry_for_the_same_month_corrects_the_earlier_one_and_both_stay(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MAY))
    await enter(engine, births(value=1840), births(value=1480))

    assert await rates(connection) == [(5, 1, 1480)]
    assert await connection.fetchval("SELECT count(*) FROM parameter_entered") == 2
    async with units_of(engine).begin(LEAD) as work:
        told = [(one.name, one.value, one.month) for one in await area_values(work)]
    assert told == [
        (Parameter.BIRTHS, 1480, JANUARY),
        *((name, None, None) for name in (Parameter.NEED, Parameter.DEMAND, Parameter.POSTS_PLANNED)),
    ]


async def test_expected_demand_is_met_by_families_that_were_accepted(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", *[an_acceptance(month=MAY)] * 4)
    await enter(engine, AreaValue("blackpool", Parameter.DEMAND, JANUARY, 247, "Strategy 2023"))

    assert await rates(connection, 54) == [(5, 4, 247)]
    assert await rates(connection, 154) == [], "nobody has entered the need, and four of nothing is no share"


async def test_the_same_entry_twice_is_one(connection: Connection, feed: Feed, engine: AsyncEngine) -> None:
    await feed.announce("blackpool")
    identity = new_id()
    await enter(engine, births(), births(), identity=identity)

    assert await connection.fetchval("SELECT count(*) FROM parameter_entered") == 1


async def test_only_who_leads_the_region_enters_it_and_only_for_a_team_that_is_known(
    feed: Feed, engine: AsyncEngine
) -> None:
    await feed.announce("blackpool")

    with pytest.raises(NotAllowed):
        await enter(engine, births(), actor=Actor(UUID(int=5), frozenset({Role.TEAM_LEAD})))
    with pytest.raises(NotFound):
        await enter(engine, births(team="atlantis"))


@pytest.mark.parametrize(("value", "source"), [(0, "Strategy"), (-1, "Strategy"), (1_000_001, "Strategy"), (5, " ")])
def test_a_number_that_cannot_be_or_is_from_nowhere_is_refused(value: int, source: str) -> None:
    with pytest.raises(RuleBroken):
        AreaValue("blackpool", Parameter.BIRTHS, JANUARY, value, source)
