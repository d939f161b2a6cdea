"""What was published is read as it was, for good; what goes on comes behind it."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.publication.database.cells import cell_of
from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.domain.published_point import Audience, Period, PublishedPoint, WhyHidden
from services.reporting.publication.queries.published_series import REGION, SeriesChoice, published_series
from tests.reporting.builders import a_series, publish

INSIDE = SeriesChoice(Audience.INSIDE)
FEBRUARY = date(2026, 2, 1)


async def test_a_series_goes_from_its_first_month_to_its_last_and_a_month_of_which_nothing_is_known_is_one_without_data(
    engine: AsyncEngine,
) -> None:
    async with AsyncSession(engine) as session:
        await publish(session, a_series(12, None))
        await publish(session, a_series(9, starts=date(2026, 4, 1)), cause=None)
        [series] = await published_series(session, INSIDE)

    assert [(point.starts.month, point.numerator, point.why_hidden) for point in series.points] == [
        (1, 12, None),
        (2, None, WhyHidden.SMALL),
        (3, None, WhyHidden.NO_DATA),
        (4, 9, None),
    ]


async def test_what_is_revised_is_shown_as_it_is_now_and_as_at_the_month_before_as_it_was(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        await publish(session, a_series(12), month=date(2026, 1, 1))
        await publish(session, a_series(14), month=date(2026, 1, 1), cause="late")
        await publish(session, a_series(20, starts=FEBRUARY), month=FEBRUARY)
        [now] = await published_series(session, INSIDE)
        [then] = await published_series(session, SeriesChoice(Audience.INSIDE, as_at=date(2026, 1, 1)))

    assert [point.numerator for point in now.points] == [14, 20]
    assert [point.numerator for point in then.points] == [12]


async def test_a_team_an_indicator_and_an_audience_are_chosen_and_the_region_is_a_team_without_a_name(
    engine: AsyncEngine,
) -> None:
    async with AsyncSession(engine) as session:
        await publish(session, a_series(12), a_series(30, team=REGION), a_series(8, indicator=9, of=[16]))
        await publish(session, a_series(10), audience=Audience.OUTSIDE)
        everyone = await published_series(session, SeriesChoice(Audience.INSIDE, indicators=(1,)))
        [region] = await published_series(session, SeriesChoice(Audience.INSIDE, teams=(REGION,)))
        [in_time] = await published_series(session, SeriesChoice(Audience.INSIDE, indicators=(9,)))
        [outside] = await published_series(session, SeriesChoice(Audience.OUTSIDE))

    assert [series.team for series in everyone] == ["", "blackpool"]
    assert region.points[0].numerator == 30
    assert in_time.points[0].percent == 50
    assert outside.points[0].numerator == 10


async def test_a_quarter_stands_for_its_three_months(engine: AsyncEngine) -> None:
    quarter = PublishedPoint(date(2026, 1, 1), Period.QUARTER, 9)
    april = PublishedPoint(date(2026, 4, 1), Period.MONTH, 6)
    series = a_series(1)
    async with AsyncSession(engine) as session:
        await publish(session, type(series)(1, 1, "blackpool", [quarter, april]))
        [read] = await published_series(session, INSIDE)

    assert read.points == (quarter, april)


@pytest.mark.parametrize("change", ["its row", "a cell less", "a cell more", "gone"])
async def test_nobody_changes_what_is_frozen(engine: AsyncEngine, change: str) -> None:
    async with AsyncSession(engine) as session, session.begin():
        frozen = await publish(session, a_series(12))
    cell = {"snapshot": frozen, "audience": "outside", **cell_of(a_series(12), a_series(12).points[0])}
    statement = {
        "its row": update(snapshot).values(digest="another"),
        "a cell less": delete(published),
        "a cell more": insert(published).values(cell),
        "gone": delete(snapshot),
    }[change]

    async with AsyncSession(engine) as session:
        with pytest.raises(DBAPIError, match="a frozen snapshot stays as it is"):
            await session.execute(statement)
