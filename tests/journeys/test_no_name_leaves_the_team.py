"""Names put through every form are found in no event, stream, log line, metric or table of reporting."""

import asyncio
import itertools

import asyncpg
import httpx

from shared.streams.connection import connect
from tests.journeys.network import Network, signed_in
from tests.journeys.referring import CANARIES, accept, close, move, refer


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
        accepted, closed = await refer(referrer), await refer(referrer)
        await move(lead, await accept(lead, accepted))
        await close(lead, closed)
        await lead.get("/triage", params={"search": "Canaria Finchley"})
        await lead.get("/nothing-of/Canaria%20Finchley")
    await until_read(reporting.database_url, events=6)

    assert found_in(await all_rows(team.database_url, only={"referral"})), "the names are in the team's own record"
    assert found_in(await all_rows(team.database_url, only={"outbox", "relay_state", "audit", "web_session"})) == set()
    assert found_in(await all_rows(reporting.database_url)) == set()
    assert found_in(await all_streams(network.admin.redis)) == set()
    for service in (team, reporting):
        assert found_in(service.log.read_text()) == set()
        async with httpx.AsyncClient(base_url=service.private_url) as operator:
            assert found_in((await operator.get("/metrics")).text + (await operator.get("/readyz")).text) == set()


def test_the_search_finds_what_it_looks_for() -> None:
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


async def all_streams(operator_url: str) -> str:
    async with connect(operator_url) as redis:
        streams = [key async for key in redis.scan_iter()]
        assert len(streams) >= 4
        return "\n".join([str(await redis.xrange(key)) for key in streams])
