"""From facts to what is published: while a month goes on, when it is frozen, and when something comes late."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from structlog.testing import capture_logs

from services.reporting.facts.queries.unmade_facts import unmade_facts
from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.indicators.timers.reckon_figures import reckon_figures
from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.database.snapshots import digest_of
from services.reporting.publication.domain.gated_indicator import GatedIndicator
from services.reporting.publication.domain.published_point import Audience, PublishedPoint
from services.reporting.publication.queries.overdue_month import overdue_month
from services.reporting.publication.queries.published_series import SeriesChoice, published_series
from services.reporting.publication.timers import freeze_months as freezing
from services.reporting.publication.timers.freeze_months import freeze_months
from services.reporting.publication.timers.publish_figures import publish_figures
from shared.inbox.projection import digests_of
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import london_date
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import PROJECTIONS, a_referral

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
WORKING_DAY_9 = datetime(2026, 3, 12, 8, tzinfo=UTC)
WORKING_DAY_10 = datetime(2026, 3, 13, 8, tzinfo=UTC)
A_MONTH_LATER = datetime(2026, 4, 16, 8, tzinfo=UTC)
"""Good Friday and Easter Monday are no working days."""


class Region:
    """Reporting with a clock that a test sets."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.now = WORKING_DAY_9
        self.units = UnitsOfWork(engine, UnitOfWork, region_key=b"k" * 32, clock=lambda: self.now)

    async def works(self, *, at: datetime) -> None:
        """The timers run, and again when the figures have been at rest."""
        self.now = at
        for timer in (reckon_figures, publish_figures):
            while await timer(self.units):
                pass
        self.now = at + timedelta(hours=1)
        await freeze_months(self.units)
        while await publish_figures(self.units):
            pass

    async def referrals(
        self, audience: Audience = Audience.INSIDE, team: str = "blackpool", as_at: date | None = None
    ) -> dict[int, PublishedPoint]:
        """By number of the month."""
        choice = SeriesChoice(audience, indicators=(1,), teams=(team,), as_at=as_at)
        async with AsyncSession(self.engine) as session:
            return {
                point.starts.month: point for one in await published_series(session, choice) for point in one.points
            }

    async def snapshots(self) -> list[tuple[date, str]]:
        async with AsyncSession(self.engine) as session:
            query = select(snapshot.c.month, snapshot.c.cause).where(snapshot.c.is_frozen).order_by(snapshot.c.id)
            return [(row.month, row.cause) for row in await session.execute(query)]


@pytest.fixture
async def region(engine: AsyncEngine, feed: Feed) -> Region:
    """With two teams, and referrals from January to March."""
    for team, number in (("blackpool", 12), ("preston", 30)):
        await feed.take_in(team, *[a_referral(month) for month in (JANUARY, FEBRUARY, MARCH) for _ in range(number)])
    return Region(engine)


def numbers(points: dict[int, PublishedPoint]) -> dict[int, int | None]:
    return {month: point.numerator for month, point in points.items()}


async def test_a_month_is_frozen_on_its_tenth_working_day_and_not_before(region: Region) -> None:
    await region.works(at=WORKING_DAY_9)
    assert await region.snapshots() == [(JANUARY, "frozen")]
    assert numbers(await region.referrals()) == {1: 12, 2: 12, 3: 12}
    assert [point.is_finished for point in (await region.referrals()).values()] == [True, False, False]
    assert numbers(await region.referrals(Audience.OUTSIDE)) == {1: 10}

    await region.works(at=WORKING_DAY_10)
    assert await region.snapshots() == [(JANUARY, "frozen"), (FEBRUARY, "frozen")]
    assert numbers(await region.referrals(Audience.OUTSIDE, team="")) == {1: 40, 2: 40}


async def test_nothing_is_frozen_while_figures_are_still_made(region: Region) -> None:
    region.now = WORKING_DAY_10
    await reckon_figures(region.units)

    assert await freeze_months(region.units) == 0


async def test_what_comes_late_is_shown_with_the_next_month_and_as_at_then_it_never_came(
    region: Region, feed: Feed
) -> None:
    await region.works(at=WORKING_DAY_10)
    await feed.take_in("blackpool", *[a_referral(FEBRUARY)] * 3)
    await region.works(at=WORKING_DAY_10 + timedelta(days=1))
    assert numbers(await region.referrals()) == {1: 12, 2: 12, 3: 12}

    await region.works(at=A_MONTH_LATER)

    assert await region.snapshots() == [
        (JANUARY, "frozen"),
        (FEBRUARY, "frozen"),
        (FEBRUARY, "late"),
        (MARCH, "frozen"),
    ]
    assert numbers(await region.referrals()) == {1: 12, 2: 15, 3: 12, 4: 0}
    assert numbers(await region.referrals(as_at=FEBRUARY)) == {1: 12, 2: 12}
    assert numbers(await region.referrals(as_at=MARCH)) == {1: 12, 2: 15, 3: 12}


async def test_a_snapshot_says_who_released_it_and_its_digest_is_that_of_its_cells(region: Region) -> None:
    await region.works(at=WORKING_DAY_10)

    async with AsyncSession(region.engine) as session:
        [january, february] = (await session.execute(select(snapshot).where(snapshot.c.is_frozen))).all()
        cells = (await session.execute(select(published).where(published.c.snapshot == february.id))).mappings()
        rows = [{name: value for name, value in cell.items() if name != "snapshot"} for cell in cells]

    assert january.digest != february.digest == digest_of(rows)
    assert february.released_by == SYSTEM


async def test_of_two_processes_that_freeze_at_once_one_does(region: Region) -> None:
    await region.works(at=WORKING_DAY_9)
    region.now = WORKING_DAY_10

    made = await asyncio.gather(freeze_months(region.units), freeze_months(region.units))

    assert sorted(made) == [0, 1]
    assert await region.snapshots() == [(JANUARY, "frozen"), (FEBRUARY, "frozen")]


async def test_at_no_moment_is_anything_missing_while_what_goes_on_is_replaced(region: Region, feed: Feed) -> None:
    await region.works(at=WORKING_DAY_9)
    await feed.take_in("blackpool", a_referral(MARCH))
    await reckon_figures(region.units)
    seen: list[dict[int, int | None]] = []

    while await publish_figures(region.units):
        seen.append(numbers(await region.referrals()))

    assert seen[0] == {1: 12, 2: 12, 3: 13}
    assert all(points.keys() == {1, 2, 3} for points in seen)


async def test_when_the_newest_figure_goes_the_others_are_published_once_and_that_is_all(region: Region) -> None:
    await region.works(at=WORKING_DAY_9)
    async with AsyncSession(region.engine) as session, session.begin():
        await session.execute(
            text(
                "UPDATE figure SET reckoned_at = reckoned_at + interval '1 minute' WHERE indicator = 1 AND month = :of"
            ),
            {"of": MARCH},
        )
    assert await publish_figures(region.units) == 1
    async with AsyncSession(region.engine) as session, session.begin():
        await session.execute(text("DELETE FROM figure WHERE indicator = 1 AND month = :month"), {"month": MARCH})

    assert [await publish_figures(region.units) for _ in range(2)] == [1, 0]
    assert numbers(await region.referrals()) == {1: 12, 2: 12}


async def test_a_figure_that_goes_is_noticed_although_a_newer_one_stays(region: Region) -> None:
    await region.works(at=WORKING_DAY_9)
    async with AsyncSession(region.engine) as session, session.begin():
        await session.execute(text("UPDATE figure SET reckoned_at = now() + interval '1 day' WHERE team = 'preston'"))
    while await publish_figures(region.units):
        pass
    async with AsyncSession(region.engine) as session, session.begin():
        await session.execute(
            text("DELETE FROM figure WHERE indicator = 1 AND team = 'blackpool' AND month = :month"), {"month": MARCH}
        )

    assert [await publish_figures(region.units) for _ in range(2)] == [1, 0]
    assert numbers(await region.referrals()) == {1: 12, 2: 12}


async def test_a_figure_is_published_whatever_the_clock_of_the_process_says_that_made_it(
    region: Region, feed: Feed
) -> None:
    await region.works(at=WORKING_DAY_9)
    await feed.take_in("blackpool", a_referral(MARCH))
    region.now = WORKING_DAY_9 - timedelta(minutes=5)
    await reckon_figures(region.units)

    while await publish_figures(region.units):
        pass

    assert numbers(await region.referrals())[3] == 13


async def test_what_came_while_a_month_was_frozen_is_revised_with_the_next(region: Region, feed: Feed) -> None:
    """Its figures may be older than the snapshot by the clock, and of a year that is long past."""
    await region.works(at=datetime(2027, 5, 20, 8, tzinfo=UTC))
    await feed.take_in("blackpool", *[a_referral(FEBRUARY)] * 3)
    region.now = datetime(2027, 5, 20, 7, tzinfo=UTC)
    await reckon_figures(region.units)

    await region.works(at=datetime(2027, 6, 20, 8, tzinfo=UTC))

    assert (FEBRUARY, "late") in await region.snapshots()


@pytest.fixture
async def owner(access: ServiceAccess, servers: AdminUrls) -> AsyncIterator[AsyncEngine]:
    url = url_of(servers.postgres, database=access.database_url.rpartition("/")[2])
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    yield engine
    await engine.dispose()


async def test_nothing_is_frozen_before_facts_are_made_anew_after_an_upgrade(
    region: Region, owner: AsyncEngine
) -> None:
    of_received = "UPDATE fact_maker SET digest = :digest WHERE fact_table = 'referral_received'"
    async with owner.begin() as connection:
        await connection.execute(text(of_received), {"digest": "of older code"})
    await region.works(at=WORKING_DAY_10)
    assert await region.snapshots() == []

    async with owner.begin() as connection:
        await connection.execute(text(of_received), {"digest": digests_of(PROJECTIONS)["referral_received"]})
    await region.works(at=WORKING_DAY_10 + timedelta(days=1))

    assert (await region.snapshots())[-1] == (FEBRUARY, "frozen")


async def test_a_month_waits_for_a_rebuild_that_goes_on_and_not_for_one_that_was_killed(
    region: Region, owner: AsyncEngine
) -> None:
    async with owner.connect() as connection:
        await connection.execute(text("CREATE SCHEMA rebuilding"))
        await connection.execute(text("SELECT pg_advisory_lock(hashtext('rebuild'))"))
        await connection.commit()
        await region.works(at=WORKING_DAY_10)
        assert await region.snapshots() == []
        await connection.execute(text("SELECT pg_advisory_unlock_all()"))
        await connection.commit()

    await region.works(at=WORKING_DAY_10)

    assert (await region.snapshots())[-1] == (FEBRUARY, "frozen")
    async with owner.begin() as connection:
        await connection.execute(text("DROP SCHEMA rebuilding"))


async def test_a_month_that_should_have_been_frozen_is_known_to_be_overdue(region: Region, owner: AsyncEngine) -> None:
    async def overdue() -> date | None:
        async with AsyncSession(region.engine) as session:
            return await overdue_month(session, london_date(region.now))

    await region.works(at=WORKING_DAY_9)
    region.now = WORKING_DAY_10 + timedelta(days=1)
    assert await overdue() is None, "it began to read only now"
    async with owner.begin() as connection:
        await connection.execute(text("UPDATE event_log SET received_at = '2026-01-01'"))
    region.now = WORKING_DAY_10
    assert await overdue() is None
    async with owner.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('rebuild'))"))
        region.now = WORKING_DAY_10 + timedelta(days=1)
        with capture_logs() as logs:
            assert await freeze_months(region.units) == 0
        assert ("month_overdue", "2026-02") in {(line["event"], line.get("month")) for line in logs}
        assert await overdue() == FEBRUARY

    await region.works(at=WORKING_DAY_10 + timedelta(days=1))

    assert await overdue() is None


async def test_of_a_log_in_which_there_is_nothing_no_facts_have_to_be_made_anew(
    engine: AsyncEngine, owner: AsyncEngine
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("UPDATE fact_maker SET digest = 'of older code'"))

    async with AsyncSession(engine) as session:
        assert await unmade_facts(session, PROJECTIONS) == []


async def test_a_month_is_not_frozen_of_figures_of_different_moments(
    region: Region, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large region it takes minutes, and something may come in between two indicators."""
    await region.works(at=WORKING_DAY_9)
    as_it_is = freezing.gated_figures

    async def slowly(session: AsyncSession, indicator: Indicator, since: date | None) -> GatedIndicator:
        made = await as_it_is(session, indicator, since)
        if indicator is INDICATORS[0]:
            region.now += timedelta(minutes=1)
            await feed.take_in("blackpool", *[a_referral(FEBRUARY)] * 3)
            await reckon_figures(region.units)
            region.now += timedelta(minutes=9)
        return made

    monkeypatch.setattr(freezing, "gated_figures", slowly)
    region.now = WORKING_DAY_10

    assert await freeze_months(region.units) == 0
    assert await region.snapshots() == [(JANUARY, "frozen")]


async def test_what_was_seen_is_written_in_the_order_in_which_figures_lock_it(region: Region) -> None:
    """Else one of the two would have to be ended for the other."""
    written: list[list[tuple[object, ...]]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: list[Any], *_more: object) -> None:
        if statement.startswith("UPDATE figure_change"):
            written.append([(one[1], one[2]) for one in parameters])

    event.listen(region.engine.sync_engine, "before_cursor_execute", note)
    try:
        await region.works(at=WORKING_DAY_10)
    finally:
        event.remove(region.engine.sync_engine, "before_cursor_execute", note)

    assert written
    assert all(one == sorted(one) for one in written)  # type: ignore[type-var]
