"""Figures made of facts, and made anew when a fact changes."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.indicators.database.figures import Reckoned, reckon
from shared.contracts.vocabulary import SourceGroup, Tier
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import a_beginning, a_move, a_referral, an_acceptance

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
NOW = datetime(2026, 5, 20, tzinfo=UTC)


async def made(engine: AsyncEngine, month: date = MAY) -> Reckoned:
    async with AsyncSession(engine) as session, session.begin():
        return await reckon(session, month, NOW)


async def figures(connection: Connection, indicator: int, way: str = "") -> list[tuple[Any, ...]]:
    rows = await connection.fetch(
        "SELECT team, month, part, numerator, denominator FROM figure WHERE indicator = $1 AND way = $2 "
        "ORDER BY team, month, part",
        indicator,
        way,
    )
    return [(row["team"], row["month"].month, *([row["part"]] if way else []), *row[3:]) for row in rows]


async def test_a_month_without_a_referral_is_none_and_a_month_before_the_first_is_not_there(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MARCH), a_referral(MARCH, SourceGroup.SELF), a_referral(MAY))
    await made(engine)

    assert await figures(connection, 1) == [
        ("blackpool", 3, 2, None),
        ("blackpool", 4, 0, None),
        ("blackpool", 5, 1, None),
    ]
    assert await figures(connection, 7) == [("blackpool", 3, 1, 2), ("blackpool", 4, 0, 0), ("blackpool", 5, 0, 1)]
    assert await figures(connection, 6, "source") == [
        ("blackpool", 3, "health_visiting", 1, 2),
        ("blackpool", 3, "self", 1, 2),
        ("blackpool", 5, "health_visiting", 1, 1),
    ]
    assert await figures(connection, 9) == []


async def test_families_whom_a_team_works_with_stay_until_they_move_on(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_beginning(Tier.TARGETED), a_beginning(Tier.TARGETED))
    await made(engine)
    assert await figures(connection, 20, "tier") == [("blackpool", month, "targeted", 2, None) for month in (3, 4, 5)]

    await feed.take_in("blackpool", a_move(Tier.TARGETED, Tier.COMMUNITY))
    await made(engine)
    assert await figures(connection, 20) == [("blackpool", month, 1, None) for month in (3, 4, 5)]


async def test_figures_that_did_not_change_are_left_alone_and_no_mark_stays(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MARCH))
    await feed.take_in("burnley", an_acceptance(month=APRIL))
    assert await made(engine) == Reckoned(teams=2, left=0)
    before = await connection.fetch("SELECT xmin, * FROM figure WHERE indicator = 1")
    await feed.take_in("blackpool", an_acceptance(month=MARCH))

    assert await made(engine) == Reckoned(teams=1, left=0)

    assert await connection.fetch("SELECT xmin, * FROM figure WHERE indicator = 1") == before
    assert await connection.fetchval("SELECT count(*) FROM dirty_month") == 0
    assert await made(engine) == Reckoned(teams=0, left=0)


async def test_when_a_month_begins_what_stays_has_a_figure_in_it(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_beginning(Tier.RISK), a_referral(MARCH))
    await made(engine, MARCH)
    await made(engine, MAY)

    assert await figures(connection, 20) == [("blackpool", month, 1, None) for month in (3, 4, 5)]
    assert await figures(connection, 1) == [
        ("blackpool", 3, 1, None),
        ("blackpool", 4, 0, None),
        ("blackpool", 5, 0, None),
    ]


async def test_a_fact_that_comes_while_figures_are_made_is_counted_the_next_time(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MARCH))
    async with AsyncSession(engine) as session, session.begin():
        await reckon(session, MAY, NOW)
        await feed.take_in("burnley", a_referral(MARCH))
        assert await made(engine) == Reckoned(0, 0), "another does it now"

    assert await made(engine) == Reckoned(teams=1, left=0)
    assert await figures(connection, 1) == [
        (team, month, *((1,) if month == 3 else (0,)), None) for team in ("blackpool", "burnley") for month in (3, 4, 5)
    ]


async def test_a_team_that_left_has_no_figure_after_the_month_in_which_it_did_and_its_past_stays(
    connection: Connection, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", a_referral(MARCH), a_beginning(Tier.TARGETED))
    await feed.take_in("burnley", a_referral(MARCH))
    await made(engine)
    await feed.leave("blackpool", datetime(2026, 4, 9, tzinfo=UTC))
    await made(engine)

    assert await figures(connection, 1) == [
        ("blackpool", 3, 1, None),
        ("blackpool", 4, 0, None),
        ("burnley", 3, 1, None),
        ("burnley", 4, 0, None),
        ("burnley", 5, 0, None),
    ]
    assert [row[:2] for row in await figures(connection, 20)] == [("blackpool", 3), ("blackpool", 4)]
    assert await made(engine) == Reckoned(0, 0), "once is enough"

    await connection.execute(
        "INSERT INTO figure (indicator, version, team, month, way, part, numerator, reckoned_at) "
        "VALUES (1, 0, 'blackpool', $1, '', '', 3, $2)",
        *(MAY, NOW),
    )
    assert await made(engine) == Reckoned(0, 0), "what an older version said is not made anew for ever"
    await connection.execute("DELETE FROM figure WHERE version = 0")

    await feed.set_state("blackpool", "reading")
    await made(engine)

    assert [row[1] for row in await figures(connection, 1) if row[0] == "blackpool"] == [3, 4, 5]
