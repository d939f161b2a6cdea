"""The page on which the region enters what it knows of teams' areas."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.settings import ReportingSettings
from shared.kernel.postgres import Connection
from shared.process import create_pages
from shared.tenancy.admin import ServiceAccess
from shared.testing.direct_sign_in import direct_sign_in
from shared.testing.events import Feed
from shared.testing.visitor import Browser, client_of, hidden_in, signs_in

NOW = datetime(2026, 5, 20, tzinfo=UTC)
FORM = "/areas/blackpool/births/new"
STRATEGY = {
    "value": "1480",
    "holds_from-day": "1",
    "holds_from-month": "4",
    "holds_from-year": "2023",
    "source": "Strategy of 2023",
}


@pytest.fixture
async def lead(access: ServiceAccess, engine: AsyncEngine, feed: Feed) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever leads a region that has heard of one team."""
    settings = ReportingSettings(
        subscription_key="00" * 32,
        database_url=access.database_url,
        redis_url=access.redis_url,
        port=8000,
        private_port=8001,
        public_url="http://127.0.0.1:8000",
        sign_in="demonstration",
    )
    app = create_pages(SERVICE, settings, engine, lambda: NOW, signs_in=direct_sign_in(settings, SERVICE.people))
    await feed.announce("blackpool")
    async with client_of(app, Browser) as client:
        await signs_in(client, SERVICE.people[0])
        yield client


async def send(lead: httpx.AsyncClient, **answers: str) -> httpx.Response:
    page = await lead.get(FORM)
    assert page.status_code == 200, page.text
    return await lead.post(FORM, data={**hidden_in(page.text), **STRATEGY, **answers})


async def test_what_nobody_has_entered_says_so_and_leads_to_the_form(lead: httpx.AsyncClient) -> None:
    page = (await lead.get("/areas")).text

    assert page.count("Not entered") == 4
    assert f'href="{FORM}"' in page


async def test_what_was_entered_is_on_the_list_and_in_the_file_with_its_source(lead: httpx.AsyncClient) -> None:
    answer = await send(lead)

    assert answer.headers["location"].startswith("/areas?done=entered"), answer.text
    page = (await lead.get("/areas")).text
    assert "1,480" in page
    assert "April 2023" in page
    assert "Strategy of 2023" in page
    assert page.count("Not entered") == 3
    file = (await lead.get("/areas.csv")).text
    assert "Blackpool,Births in a year,1480,2023-04-01,Strategy of 2023" in file


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"value": "0"}, "1"),
        ({"source": ""}, "Say where it is from"),
        ({"holds_from-day": "", "holds_from-month": "", "holds_from-year": ""}, "Enter the day"),
    ],
)
async def test_what_cannot_be_is_refused_and_kept(
    lead: httpx.AsyncClient, connection: Connection, answers: dict[str, str], said: str
) -> None:
    answer = await send(lead, **answers)

    assert said in answer.text
    assert "Strategy of 2023" in answer.text or "source" in answers
    assert await connection.fetchval("SELECT count(*) FROM parameter_entered") == 0


async def test_a_number_of_a_team_that_is_not_there_is_not_found(lead: httpx.AsyncClient) -> None:
    assert (await lead.get("/areas/atlantis/births/new")).status_code == 404
    assert (await lead.get("/areas/blackpool/luck/new")).status_code == 404
