"""The pages of snapshots and revisions: what was frozen, what is another than it was, and why."""

from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from tests.reporting.builders import a_series, publish

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
async def published(engine: AsyncEngine) -> None:
    """January, then February with a revision of January."""
    async with AsyncSession(engine) as session, session.begin():
        await publish(session, a_series(12), a_series(None, team="burnley"), a_series(31, team=""), month=JANUARY)
        await publish(session, a_series(14), month=JANUARY, cause="late")
        await publish(session, a_series(9, starts=FEBRUARY), month=FEBRUARY)


async def test_without_a_snapshot_the_pages_say_when_there_will_be_one(lead: httpx.AsyncClient) -> None:
    assert "No month is frozen yet" in (await lead.get("/snapshots")).text
    assert "Nothing was revised" in (await lead.get("/revisions")).text


@pytest.mark.usefixtures("published")
async def test_each_snapshot_has_the_address_that_opens_it_for_good(lead: httpx.AsyncClient) -> None:
    page = (await lead.get("/snapshots")).text
    assert 'href="/?as_at=2026-01"' in page
    assert 'href="/?as_at=2026-02"' in page

    lines = (await lead.get("/snapshots.csv?kind=frozen")).text.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["February 2026", "January 2026"]
    assert lines[2].split(",")[4:6] == ["3", "1"]


@pytest.mark.usefixtures("published")
async def test_a_revision_says_what_was_what_is_and_the_cause(lead: httpx.AsyncClient) -> None:
    [_, line] = (await lead.get("/revisions.csv")).text.splitlines()

    assert line.startswith("Referrals received,Blackpool,January 2026,12,14,Came late,")
    assert "No figure was revised for this cause" in (await lead.get("/revisions?cause=corrected")).text
    assert (await lead.get("/revisions.xlsx")).status_code == 200
