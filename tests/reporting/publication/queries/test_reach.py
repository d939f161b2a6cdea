"""A lead of some localities, and a commissioner: kept by query and by database, each proved without the other."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from services.reporting.publication.database.reading import read_for
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import WHOLE, Reach, remit_of
from services.reporting.publication.queries.published_series import SeriesChoice, published_series
from shared.contracts.vocabulary import Role
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from tests.reporting.builders import a_series, publish

TEAMS = ("blackpool", "burnley", "chorley", "lancaster", "preston")
EVERYTHING = {("inside", team) for team in ("", *TEAMS)} | {("outside", team) for team in ("", *TEAMS)}
OF_BLACKPOOL = Reach(localities=frozenset({"blackpool"}), region_needs=4)
REACHES = {
    "a lead of Blackpool": (OF_BLACKPOOL, {("inside", "blackpool"), ("inside", "")}),
    "a lead of Blackpool in a small region": (replace(OF_BLACKPOOL, region_needs=6), {("inside", "blackpool")}),
    "a lead of Blackpool, outside": (
        replace(OF_BLACKPOOL, audience=Audience.OUTSIDE),
        {("outside", "blackpool"), ("outside", "")},
    ),
    "a commissioner": (Reach(Audience.OUTSIDE), {("outside", team) for team in ("", *TEAMS)}),
    "whoever leads the region": (WHOLE, {("inside", team) for team in ("", *TEAMS)}),
}


@pytest.fixture(autouse=True)
async def region(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session, session.begin():
        for audience in Audience:
            several = [a_series(12, 14, team=team, starts=date(2026, 1, 1)) for team in ("", *TEAMS)]
            await publish(session, *several, audience=audience, teams=len(TEAMS))


@pytest.fixture
async def bypassing(access: ServiceAccess, servers: AdminUrls) -> AsyncIterator[AsyncEngine]:
    """As a superuser, of whom no policy is asked."""
    url = url_of(servers.postgres, database=access.database_url.rpartition("/")[2])
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    yield engine
    await engine.dispose()


async def seen(session: AsyncSession, reach: Reach) -> set[tuple[str, str]]:
    """By the query that pages use."""
    found: set[tuple[str, str]] = set()
    for audience in Audience:
        told = reach.heard(audience)
        for one in await published_series(session, SeriesChoice(audience, reach=reach)):
            found.add((told.value, one.team))
    return found


@pytest.mark.parametrize("who", REACHES)
async def test_the_database_alone_keeps_back_what_they_do_not_see(engine: AsyncEngine, who: str) -> None:
    reach, theirs = REACHES[who]
    async with AsyncSession(engine) as session, session.begin():
        await read_for(session, reach)
        rows = (await session.execute(text("SELECT DISTINCT audience, team FROM published"))).all()
        by_query = await seen(session, WHOLE)

    told = {(row.audience, row.team) for row in rows}
    inside_and_outside = {(audience, team) for _, team in theirs for audience in ("inside", "outside")}
    assert told == {
        "whoever leads the region": EVERYTHING,
        "a lead of Blackpool, outside": theirs,
        "a commissioner": theirs,
    }.get(who, inside_and_outside)
    assert {team for _, team in by_query} == {team for _, team in theirs}


@pytest.mark.parametrize("who", REACHES)
async def test_the_query_alone_keeps_back_what_they_do_not_see(bypassing: AsyncEngine, who: str) -> None:
    reach, theirs = REACHES[who]
    async with AsyncSession(bypassing) as session:
        everything = (await session.execute(text("SELECT DISTINCT audience, team FROM published"))).all()
        by_query = await seen(session, reach)

    assert {(row.audience, row.team) for row in everything} == EVERYTHING
    assert {one for one in by_query if one[0] == reach.audience} == theirs
    assert {team for _, team in by_query} == {team for _, team in theirs}


async def revised_to_few(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await publish(session, a_series(11, team="", starts=date(2026, 1, 1)), cause="corrected", teams=2)


async def test_a_figure_that_was_revised_to_one_of_few_teams_is_not_told_as_it_was(
    engine: AsyncEngine, bypassing: AsyncEngine
) -> None:
    """By the query alone, and by both."""
    await revised_to_few(engine)

    async with AsyncSession(bypassing) as session:
        by_query = await published_series(session, SeriesChoice(Audience.INSIDE, teams=("",), reach=OF_BLACKPOOL))
    async with AsyncSession(engine) as session, session.begin():
        await read_for(session, OF_BLACKPOOL)
        by_both = await published_series(session, SeriesChoice(Audience.INSIDE, teams=("",), reach=OF_BLACKPOOL))
        alone = await session.scalars(
            text("SELECT starts FROM published WHERE team = '' AND audience = 'inside' ORDER BY starts")
        )
        assert alone.all() == [date(2026, 2, 1)]

    for one in (by_query, by_both):
        assert [(point.starts, point.numerator) for series in one for point in series.points] == [
            (date(2026, 2, 1), 14)
        ]


async def test_what_a_session_reads_for_ends_with_its_transaction(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        async with session.begin():
            await read_for(session, OF_BLACKPOOL)
        rows = (await session.execute(text("SELECT DISTINCT audience, team FROM published"))).all()

    assert {(row.audience, row.team) for row in rows} == EVERYTHING


async def test_who_reads_for_somebody_publishes_nothing(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        await read_for(session, OF_BLACKPOOL)
        with pytest.raises(DBAPIError, match="row-level security"):
            await publish(session, a_series(12), cause=None)


async def test_a_word_that_nobody_knows_opens_nothing(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        await session.execute(text("SELECT set_config('pairs.reach', 'everything', true)"))

        assert await session.scalar(text("SELECT count(*) FROM published")) == 0


@pytest.mark.parametrize(
    ("roles", "largest", "reach"),
    [
        ({Role.REGIONAL_LEAD, Role.LOCALITY_LEAD, Role.COMMISSIONER}, 1, WHOLE),
        ({Role.LOCALITY_LEAD}, 1, Reach(localities=frozenset({"blackpool"}), region_needs=4)),
        ({Role.LOCALITY_LEAD, Role.COMMISSIONER}, 3, Reach(localities=frozenset({"blackpool"}), region_needs=6)),
        ({Role.COMMISSIONER}, 3, Reach(Audience.OUTSIDE)),
        (set[Role](), 3, Reach(Audience.OUTSIDE)),
    ],
)
def test_how_far_a_role_sees(roles: set[Role], largest: int, reach: Reach) -> None:
    assert remit_of(roles, frozenset({"blackpool"})).reach(largest) == reach
