"""Names put through every form, header and id are found in no event, stream, log line, metric or table of reporting."""

import asyncio
import itertools
import re
from pathlib import Path

import asyncpg
import httpx

from shared.streams.connection import connect
from tests.journeys.network import Network, signed_in
from tests.journeys.referring import CANARIES, accept, close, move, refer
from tests.journeys.sending import HEADERS, TRACEPARENT, send_by_fhir

ROOT = Path(__file__).parents[2]
READS_A_HEADER = re.compile(r'headers\.get\("([\w-]+)"')
MUST_BE_RIGHT = {"authorization", "content-encoding", "content-length", "content-type", "origin", "sec-fetch-site"}
"""Headers that say how to read a request or who sends it: with anything else in them nothing is taken in."""


def spellings(canary: str) -> set[str]:
    """As it was typed, and as it may be stored."""
    return {canary.lower(), canary.lower().replace(" ", ""), *canary.lower().split()} - {
        "practice",
        "up",
        "moved",
        "it",
    }


FORBIDDEN = {
    word
    for canary in CANARIES
    for word in spellings(canary)
    if "canary" in word or (any(character.isdigit() for character in word) and len(word) > 6)
} | {"canaria", "zebedee", "quillon", "birdcage"}


def found_in(text: str) -> set[str]:
    return {word for word in FORBIDDEN if word in text.lower()}


async def test_names_put_through_every_form_stay_in_the_team(network: Network, a_team: str) -> None:
    reporting = await network.start_reporting()
    team = await network.start_team(a_team)
    await network.announce(a_team)

    async with (
        httpx.AsyncClient(base_url=team.url, follow_redirects=True, headers={"Origin": team.url}) as referrer,
        signed_in(team, "team lead") as lead,
    ):
        for client in (referrer, lead):
            client.headers.update({name: value for name, value in HEADERS.items() if name != "Cookie"})
            client.cookies.set("canary", "finchley")
        accepted, closed = await refer(referrer), await refer(referrer)
        await move(lead, await accept(lead, accepted))
        await close(lead, closed)
        await lead.get("/triage", params={"search": "Canaria Finchley"})
        await lead.get("/nothing-of/Canaria%20Finchley")
        await lead.request("CANARIA-FINCHLEY", "/triage")
        await send_by_fhir(team)
    await until_read(reporting.database_url, events=7)

    assert found_in(await all_rows(team.database_url, only={"referral"})), "the names are in the team's own record"
    assert TRACEPARENT in await all_rows(team.database_url, only={"outbox"}), "the team can follow a request"
    kept = await all_rows(team.database_url, only={"outbox", "relay_state", "audit", "web_session"})
    assert found_in(kept.replace(TRACEPARENT, "")) == set()
    assert found_in(await all_rows(reporting.database_url)) == set()
    streams = await all_streams(network.admin.redis)
    assert found_in(streams.pop(f"pairs:{{{a_team}}}:referral").replace(TRACEPARENT, "")) == set()
    assert found_in("\n".join(streams.values())) == set()
    for service in (team, reporting):
        assert found_in(service.log.read_text()) == set()
        async with httpx.AsyncClient(base_url=service.private_url) as operator:
            assert found_in((await operator.get("/metrics")).text + (await operator.get("/readyz")).text) == set()


def test_every_header_that_is_read_anywhere_is_filled() -> None:
    ours = [path for folder in ("services", "shared") for path in (ROOT / folder).rglob("*.py")]
    sources = [path.read_text() for path in ours if "testing" not in path.parts]
    read = {name.lower() for source in sources for name in READS_A_HEADER.findall(source)}
    assert read >= {"traceparent", "origin"}
    assert read - {name.lower() for name in HEADERS} == MUST_BE_RIGHT & read


def test_the_search_finds_what_it_looks_for() -> None:
    assert found_in(TRACEPARENT)
    for canary in CANARIES:
        assert found_in(f"... {canary.upper()} ..."), canary
    assert found_in('{"nhs_number": "9990000050"}')


async def until_read(database_url: str, *, events: int) -> None:
    connection = await asyncpg.connect(database_url)
    for _ in range(100):
        if await connection.fetchval("SELECT count(*) FROM event_log") >= events:
            break
        await asyncio.sleep(0.1)
    assert await connection.fetchval("SELECT count(*) FROM event_log") == events
    await connection.close()


async def all_rows(database_url: str, *, only: set[str] | None = None) -> str:
    """Every row of every table, as text."""
    connection = await asyncpg.connect(database_url)
    tables = {
        row["tablename"]
        for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }
    assert only is None or only & tables, tables
    rows = [
        await connection.fetch(f'SELECT t::text FROM "{table}" t')
        for table in sorted(tables & only if only else tables)
        if await connection.fetchval("SELECT has_table_privilege($1, 'SELECT')", table)
    ]
    await connection.close()
    return "\n".join(row["t"] for row in itertools.chain.from_iterable(rows))


async def all_streams(operator_url: str) -> dict[str, str]:
    """What is on each stream, by its key."""
    async with connect(operator_url) as redis:
        streams = [key async for key in redis.scan_iter()]
        assert len(streams) >= 4
        return {key.decode(): str(await redis.xrange(key)) for key in streams}
