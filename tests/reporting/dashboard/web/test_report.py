"""The report to take along: for those outside, from what is published for them and nothing else."""

import io
from datetime import date

import httpx
from pypdf import PdfReader
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.publication.domain.published_point import Audience
from shared.testing.events import Feed
from tests.reporting.builders import a_series, publish
from tests.reporting.dashboard.web.conftest import NOW
from tests.reporting.dashboard.web.test_the_region import USUAL

STARTS = date(2025, 1, 1)


async def words_in(client: httpx.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


async def given(engine: AsyncEngine, team: str, *numbers: int) -> None:
    """Exact for those inside, rounded for those outside."""
    of = [100] * len(numbers)
    rounded = [number // 5 * 5 for number in numbers]
    async with AsyncSession(engine) as session:
        exact, outside = (a_series(*some, indicator=9, team=team, of=of, starts=STARTS) for some in (numbers, rounded))
        await publish(session, exact, month=date(2026, 2, 1))
        await publish(session, outside, audience=Audience.OUTSIDE, month=date(2026, 2, 1))
        await session.commit()


async def test_the_regions_report_says_what_stands_out_in_rounded_counts_only(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("preston", heard_at=NOW)
    await given(engine, "", *USUAL, 93)

    words = await words_in(lead, "/report.pdf")

    assert "The region: parent-infant relationship teams" in words
    assert "Better. Decided within 5 working days: above the upper limit (90%, about 90 of 100)." in words
    assert "93" not in words
    assert "rules mdc-2026.1" in words
    assert "Invented data" in words


async def test_a_teams_report_is_of_that_team_and_says_when_nothing_stands_out(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("preston", heard_at=NOW)
    await given(engine, "", *USUAL)
    await given(engine, "preston", *USUAL)

    words = await words_in(lead, "/report.pdf?team=preston")

    assert "no finished month" not in words
    assert "Preston: parent-infant relationship teams" in words
    assert "No figure stands out: all vary as usual." in words


async def test_a_report_of_no_team_of_the_region_is_not_there(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.announce("preston")

    assert (await lead.get("/report.pdf?team=atlantis")).status_code == 404
