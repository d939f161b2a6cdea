"""The connections of a service's pool: one that is gone is replaced, and one that was just used is not asked first."""

import ast
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.referral.database.tables import episode
from services.referral.worklists.queries.caseload import open_episode
from shared.database import engines
from shared.database.engines import create_engine
from shared.discovery import services
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.testing.recycled import RecycledService
from shared.testing.servers import FreshService

ROOT = Path(__file__).parents[2]
WRITTEN_OUT = {"episode_open_once": select(episode.c.family_id).where(open_episode())}
"""Indexes of services that plan once, with what their condition stands in for the statements of the service."""


@pytest.fixture
async def engine(recycled_service: RecycledService) -> AsyncIterator[AsyncEngine]:
    engine = create_engine((await recycled_service("team-one", "referral")).database_url)
    yield engine
    await engine.dispose()


async def backend(connection: AsyncConnection) -> int:
    """By which process of the server it is answered."""
    return (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()


async def messages(engine: AsyncEngine) -> list[str]:
    """What one transaction with one statement says to the server, on the connection that was used before."""
    said: list[str] = []
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_query_logger(lambda record: said.append(record.query))
        await backend(connection)
    said.clear()
    async with engine.connect() as connection:
        await backend(connection)
    return said


async def test_a_connection_that_the_server_ended_is_replaced(engine: AsyncEngine, servers: AdminUrls) -> None:
    async with engine.connect() as connection:
        before = await backend(connection)
    async with connected(servers.postgres) as admin:
        await admin.execute("SELECT pg_terminate_backend($1, 5000)", before)

    async with engine.connect() as connection:
        assert await backend(connection) != before


async def test_a_connection_that_was_just_used_is_not_asked_whether_it_is_still_there(engine: AsyncEngine) -> None:
    assert ";" not in await messages(engine)


async def test_one_that_was_not_used_for_long_is_asked(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0)

    assert ";" in await messages(engine)


async def test_what_a_rush_needed_is_given_back_to_the_server_and_the_next_rush_is_answered(
    recycled_service: RecycledService, servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "UNUSED_SECONDS", 1)
    engine = create_engine((await recycled_service("team-one", "referral")).database_url)
    try:
        first, kept = set(await rush(engine)), 0
        for _ in range(30):
            await asyncio.sleep(0.1)
            async with engine.connect() as connection:
                kept = await backend(connection)
        async with connected(servers.postgres) as admin:
            there = await admin.fetch("SELECT pid FROM pg_stat_activity WHERE pid = ANY($1)", list(first))
        second = set(await rush(engine))
    finally:
        await engine.dispose()

    assert len(first) == len(second) == RUSH
    assert [one["pid"] for one in there] == [kept], "the one that was used all the time"


RUSH = 8


async def rush(engine: AsyncEngine) -> list[int]:
    """So many at once; who answered them."""
    held = [engine.connect() for _ in range(RUSH)]
    connections = [await one.start() for one in held]
    told = [await backend(one) for one in connections]
    for one in connections:
        await one.close()
    return told


PLANNED_ONCE = sorted(name for name, one in services().items() if one.plans_once)


@pytest.mark.parametrize("service", PLANNED_ONCE)
async def test_a_statement_that_is_planned_once_finds_an_index_whose_condition_compares_with_a_value(
    service: str, fresh_service: FreshService, a_team: str
) -> None:
    compares = "SELECT indexrelid::regclass::text FROM pg_index WHERE pg_get_expr(indpred, indrelid) LIKE '%''%'"
    engine = create_engine((await fresh_service(a_team, service)).database_url, plans_once=True)
    async with engine.connect() as connection:
        indexes = (await connection.scalars(text(compares))).all()
        await connection.execute(text("SET enable_seqscan = off"))
        plans = {name: await plan_of(connection, WRITTEN_OUT[name]) for name in indexes}
    await engine.dispose()

    assert [name for name, plan in plans.items() if name not in plan] == []
    assert indexes


async def plan_of(connection: AsyncConnection, statement: Select[Any]) -> str:
    """For any values of its parameters."""
    asked = f"EXPLAIN (GENERIC_PLAN) {statement.compile(dialect=dialect())}"
    return "\n".join((await connection.exec_driver_sql(asked)).scalars())


async def test_what_an_engine_says_of_a_statement_that_failed_holds_nobody(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        with pytest.raises(DBAPIError) as failed:
            await connection.execute(text("SELECT 1 FROM nowhere WHERE name = :name"), {"name": "Jo Lead"})

    assert "Jo Lead" not in str(failed.value)


def test_every_engine_hides_whom_its_statements_are_about() -> None:
    made = [
        (path, call)
        for folder in ("shared", "services", "deploy")
        for path in (ROOT / folder).rglob("*.py")
        if "create_async_engine" in (source := path.read_text(encoding="utf-8")) and "testing" not in path.parts
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "create_async_engine"
    ]

    assert len(made) > 2
    assert [path for path, call in made if "hide_parameters" not in {one.arg for one in call.keywords}] == []
