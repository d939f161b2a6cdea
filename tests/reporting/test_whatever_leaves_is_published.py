"""All that leaves is made of published cells and of nothing else, so an attack on those is an attack on everything.

Every page and file is fetched, and again when facts and figures are others while the published cells are the same: not
a letter may differ. What an attacker learns from a sentence, a limit or the height of a bar, the cells have told them.
"""

import re
from datetime import date
from io import BytesIO

import httpx
import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.contents import SERVICE
from services.reporting.dashboard.web.figure_file import VIEWS
from shared.testing.events import Feed
from shared.testing.page_routes import every_route, roles_for
from tests.reporting.builders import a_series, publish
from tests.reporting.dashboard.web.conftest import app as app  # noqa: PLC0414 - a fixture is found where it is named
from tests.reporting.dashboard.web.conftest import client as client  # noqa: PLC0414
from tests.reporting.dashboard.web.conftest import lead as lead  # noqa: PLC0414

PATHS = {
    "/team/{slug}": "/team/blackpool",
    "/indicators/{which}": "/indicators/1",
    "/indicators/{which}/notes/new": "/indicators/1/notes/new",
    "/indicators/{which}/steps/new": "/indicators/1/steps/new",
    "/areas/{team}/{name}/new": "/areas/blackpool/births/new",
    "/data-quality/{name}.csv": "/data-quality/questions.csv",
    "/readiness/{team}/{month}/not-ready": "/readiness/blackpool/2026-03-01/not-ready",
    "/readiness/{team}/{month}/ready": "/readiness/blackpool/2026-03-01/ready",
}
"""Addresses of routes with parameters, but for those of figures, which are found on the pages."""

NOT_FETCHED = {
    "/events": "says that something changed, and nothing of it",
    "/data-quality/{name}.xlsx": "the rows of the CSV file",
    "/figures/{view}/{panel}.csv": "found on the pages",
    "/figures/{view}/{panel}.xlsx": "the rows of the CSV file",
    "/figures/{view}/{panel}.svg": "found on the pages",
    "/figures/{view}/{panel}.png": "the SVG, in another form",
}
ELSEWHERE = {
    "reckon_figures": "writes figures, and says only that there are new ones",
    "publish_figures": "writes published cells",
    "freeze_months": "writes published cells",
    "enter_known_areas": "writes what the strategy says of areas, which anyone may read",
}
"""What else works while nobody looks: a timer that sends something is to be fetched here like a page."""


def addresses(app: FastAPI) -> list[str]:
    """Of everything that someone who is signed in can open, by the index of all routes."""
    routes = {route.path for route in every_route(app) if "GET" in (route.methods or ()) and roles_for(route)}
    unknown = {path for path in routes - NOT_FETCHED.keys() - PATHS.keys() if "{" in path}
    assert not unknown, f"say how to open {unknown}, or why it tells nothing"
    return sorted(PATHS.get(path, path) for path in routes - NOT_FETCHED.keys() if not path.endswith(".xlsx"))


async def everything(client: httpx.AsyncClient, app: FastAPI) -> dict[str, str]:
    """What is shown, by address: pages, the tables and drawings that stand on them, and files."""
    shown: dict[str, str] = {}
    waiting = addresses(app)
    while waiting:
        address = waiting.pop()
        answer = await client.get(address)
        assert answer.status_code in (200, 303), address
        shown[address] = words_of(answer)
        links = re.findall(r'href="(/figures/[^"]+\.(?:csv|svg)[^"]*)"', answer.text)
        waiting += {link.replace("&amp;", "&") for link in links} - shown.keys() - set(waiting)
    return shown


def words_of(answer: httpx.Response) -> str:
    """Without what differs each time: which form it is, and when a file was made."""
    if answer.headers["content-type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    return re.sub(r'(csrf_token|intention)" value="[^"]+"', r"\1", answer.text)


@pytest.fixture
async def region(engine: AsyncEngine, feed: Feed) -> None:
    for team in ("blackpool", "burnley"):
        await feed.announce(team)
    numbers = [12, None, 14, 11, 9, 13, 12, 16, 15, 12, 13, 11, 14, 17]
    starts = date(2025, 1, 1)
    async with AsyncSession(engine) as session, session.begin():
        for team in ("blackpool", "burnley", ""):
            several = [a_series(*numbers, indicator=1, team=team, starts=starts)]
            several.append(a_series(*numbers, indicator=9, team=team, of=[30] * len(numbers), starts=starts))
            await publish(session, *several)


@pytest.mark.usefixtures("region")
async def test_no_page_and_no_file_changes_when_facts_and_figures_do(
    lead: httpx.AsyncClient, app: FastAPI, engine: AsyncEngine
) -> None:
    before = await everything(lead, app)

    async with AsyncSession(engine) as session, session.begin():
        for statement in _OTHER_FACTS_AND_FIGURES:
            await session.execute(text(statement))
    after = await everything(lead, app)

    assert any(address.startswith("/figures/") for address in before)
    assert {address.split("/")[2] for address in before if address.startswith("/figures/")} <= VIEWS.keys()
    assert [address for address in before if before[address] != after.get(address)] == []


def test_whatever_works_while_nobody_looks_is_known() -> None:
    assert {name for room in SERVICE.rooms for name in room.timers} == ELSEWHERE.keys()
    assert SERVICE.publishes == ""


_OTHER_FACTS_AND_FIGURES = [
    """
    INSERT INTO figure (indicator, version, team, month, way, part, numerator, denominator, reckoned_at)
    SELECT indicator, 1, team, month::date, way, way, 3, 4, now()
    FROM generate_series(1, 57) indicator, unnest(ARRAY['blackpool', 'burnley']) team, unnest(ARRAY['', 'tier']) way,
         generate_series('2025-01-01'::date, '2026-03-01', interval '1 month') month
    """,
    """
    INSERT INTO dirty_month (team, month, since) VALUES ('blackpool', '2026-03-01', now())
    """,
    """
    INSERT INTO tier_movement (stream, position, team, month, from_tier, to_tier, capacity_driven)
    SELECT 'a stream', number, 'blackpool', '2026-03-01', 'targeted', 'specialist', true
    FROM generate_series(1, 3) number
    """,
]
