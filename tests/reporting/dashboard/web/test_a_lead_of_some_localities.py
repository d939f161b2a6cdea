"""A lead of some localities: what they read is of theirs, and nobody's words tell of another team."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.requests import Request

from services.reporting.publication.database.publication_tables import reader
from shared.kernel.postgres import Connection
from shared.tenancy.admin import ServiceAccess
from shared.testing.events import Feed
from shared.testing.visitor import client_of, hidden_in, signs_in
from shared.testing.workbook import sheets_of
from shared.web.sessions import Proof
from tests.reporting.builders import a_series, publish
from tests.reporting.dashboard.web.conftest import LEAD, LOCALITY_LEAD, NOW, settings_of
from tests.reporting.dashboard.web.test_the_region import USUAL

HIGHER = [number + 30 for number in USUAL]
TOO_FEW, ENOUGH = 3, 4


async def published_of(engine: AsyncEngine, feed: Feed, teams: int) -> None:
    """Decided in time, of two teams and of the region, which is said to be of so many."""
    for team in ("blackpool", "burnley"):
        await feed.take_in(team, heard_at=NOW)
    numbers = [*USUAL, *HIGHER]
    starts = date(2026 - (len(numbers) + 9) // 12, (2 - len(numbers)) % 12 + 1, 1)
    async with AsyncSession(engine) as session, session.begin():
        several = [
            a_series(*numbers, indicator=number, team=team, of=[100] * len(numbers), starts=starts)
            for number in (9, 10)
            for team in ("blackpool", "burnley", "")
        ]
        await publish(session, *several, month=date(2026, 2, 1), teams=teams)


@pytest.fixture
async def whole(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever leads the region."""
    client = client_of(app)
    await signs_in(client, LEAD)
    yield client
    await client.aclose()


@pytest.fixture
async def limited(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A lead of Blackpool."""
    client = client_of(app)
    await signs_in(client, LOCALITY_LEAD)
    yield client
    await client.aclose()


async def says(client: httpx.AsyncClient, address: str, **answers: str) -> None:
    sent = await client.post(address, data={**hidden_in((await client.get(address)).text), **answers})
    assert sent.status_code == 303


@pytest.mark.parametrize("teams", [TOO_FEW, ENOUGH])
async def test_words_about_the_whole_region_may_be_of_another_team_and_are_not_told(
    engine: AsyncEngine, feed: Feed, whole: httpx.AsyncClient, limited: httpx.AsyncClient, teams: int
) -> None:
    await published_of(engine, feed, teams)
    await says(whole, "/indicators/9/notes/new", month="2025-12", words="In Burnley the clinic was shut.")
    await says(whole, "/indicators/9/steps/new?month=2025-02", month="2025-02", reason="Burnley triages on duty.")
    await says(whole, "/indicators/9/notes/new?team=blackpool", month="2025-12", words="Our clinic was shut.")

    pages = {
        address: (await limited.get(address)).text
        for address in ("/", "/indicators/9", "/indicators/9?team=blackpool", "/figures/indicator/chart.csv?number=9")
    }

    assert not [address for address, page in pages.items() if "Burnley" in page]
    assert "Our clinic was shut." in pages["/indicators/9?team=blackpool"]
    assert ("1 recalculation" in pages["/indicators/9"]) is (teams == ENOUGH)
    assert "Decided by ," not in pages["/indicators/9"]
    assert "Burnley triages on duty." in (await whole.get("/indicators/9")).text


async def test_part_of_the_region_is_not_called_the_region(
    engine: AsyncEngine, feed: Feed, connection: Connection, whole: httpx.AsyncClient, limited: httpx.AsyncClient
) -> None:
    await published_of(engine, feed, ENOUGH)
    await connection.execute(
        "INSERT INTO parameter_entered (id, team, name, month, value, source, entered_by, entered_at) "
        "SELECT gen_random_uuid(), team, 'births', '2024-01-01', 1480, 'ONS', gen_random_uuid(), $1 "
        "FROM unnest(ARRAY['blackpool', 'burnley']) team",
        NOW,
    )

    for client, place in ((whole, "the region"), (limited, "your localities")):
        page = (await client.get("/need")).text
        assert f"families are expected in {place}, as one assumes" in page
        assert place in (await client.get("/figures/need/need.svg")).text
        [about, *_] = sheets_of(await client.get("/figures/need.xlsx")).values()
        assert ["Of", place.capitalize()] in [list(row) for row in about]
    for address, mine, all_of_it in (
        ("/figures/need/need.svg", "localities", "region"),
        ("/figures/need.xlsx", "localities", "region"),
        ("/figures/indicator/chart.csv?number=9", "region", "region"),
        ("/figures/team.xlsx?team=blackpool", "blackpool", "blackpool"),
        ("/report.pdf", "localities", "region"),
    ):
        for client, place in ((limited, mine), (whole, all_of_it)):
            assert place in (await client.get(address)).headers["content-disposition"], address
    assert "your other teams" not in (await whole.get("/teams")).text
    assert "the other teams" not in (await limited.get("/teams")).text


async def test_they_have_no_funnel_in_which_the_others_are_missing(
    engine: AsyncEngine, feed: Feed, connection: Connection, whole: httpx.AsyncClient, limited: httpx.AsyncClient
) -> None:
    await published_of(engine, feed, ENOUGH)
    await connection.execute(
        "UPDATE reader SET localities = ARRAY['blackpool', 'burnley'] WHERE localities IS NOT NULL"
    )

    assert "Burnley" in (await limited.get("/indicators/9")).text
    assert "Beside the region" in (await whole.get("/indicators/9")).text
    assert "Beside the region" not in (await limited.get("/indicators/9")).text
    assert (await limited.get("/figures/indicator/funnel.csv?number=9")).status_code == 404


RULES = """{"rules": [
    {"claim": "groups", "value": "fylde", "role": "locality_lead", "localities": ["blackpool", "fylde"]},
    {"claim": "groups", "value": "east", "role": "locality_lead", "localities": ["burnley", "blackpool"]},
    {"claim": "groups", "value": "region", "role": "regional_lead"}
]}"""


def test_somebody_can_have_as_many_localities_as_the_largest_rule_names(
    tmp_path: Path, access: ServiceAccess, engine: AsyncEngine
) -> None:
    """Of several that hold for one person one counts, so this is known before they sign in."""
    path = tmp_path / "mapping.json"
    path.write_text(RULES)
    settings = settings_of(access).model_copy(update={"openid_mapping": path})

    assert settings.units_of_work(engine, lambda: NOW).office.largest_group == 2


async def test_whoever_shows_once_more_who_they_are_has_the_localities_that_they_have_now(
    app: FastAPI, engine: AsyncEngine, limited: httpx.AsyncClient
) -> None:
    async def theirs() -> list[list[str]]:
        async with AsyncSession(engine) as session:
            return list(await session.scalars(select(reader.c.localities)))

    assert await theirs() == [["blackpool"]]
    cookie = "; ".join(f"{name}={value}" for name, value in limited.cookies.items()).encode()
    session = await app.state.sessions.find(Request({"type": "http", "headers": [(b"cookie", cookie)]}))

    person = replace(LOCALITY_LEAD, localities=frozenset({"fylde"}))
    await app.state.sessions.prove(session, person, Proof("", str(person.id), NOW))

    assert await theirs() == [["fylde"]]


async def test_their_teams_have_figures_also_where_the_regions_are_kept_from_them(
    engine: AsyncEngine, feed: Feed, limited: httpx.AsyncClient
) -> None:
    await published_of(engine, feed, TOO_FEW)

    for address in ("/", "/teams"):
        assert 'class="t-figure r-num"' in (await limited.get(address)).text, address
