"""Whatever keeps a server from answering, it is said that nothing was saved, and when to try again."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from shared.web.permissions import PUBLIC
from tests.web.sample import SimulatedClock, create_sample

ClientOf = Callable[..., httpx.AsyncClient]

IN_TROUBLE = {
    "53100": "the disk is full",
    "53200": "memory is used up",
    "53300": "all connections are taken",
    "40001": "two transactions would not fit after one another",
    "40P01": "two transactions wait for one another",
    "55P03": "a lock was not given in time",
    "55006": "the thing is in use",
    "57014": "the statement took too long",
    "57P01": "the server stops",
    "57P03": "the server starts",
    "25006": "the server is one that only reads, after a failover",
    "25P03": "we kept a transaction waiting",
    "08006": "the connection broke",
}
OUR_OWN = {"23505": "twice the same", "22001": "too long", "42501": "not allowed", "42P01": "no table", "P0001": "ours"}


def app_that_runs(engine: AsyncEngine, *statements: str) -> FastAPI:
    router = APIRouter()

    @router.post("/run", dependencies=[PUBLIC])
    async def run(request: Request) -> Response:
        async with request.app.state.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
                await asyncio.sleep(0.2)
        return PlainTextResponse("done")

    app = create_sample(engine, SimulatedClock())
    app.include_router(router)
    app.include_router(router, prefix="/fhir")
    return app


def raises(sqlstate: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'Leonie' USING ERRCODE = '{sqlstate}'; END $$"


@pytest.mark.parametrize("sqlstate", IN_TROUBLE, ids=IN_TROUBLE.values())
async def test_trouble_that_passes_is_told_from_a_failure(
    engine: AsyncEngine, client_of: ClientOf, sqlstate: str
) -> None:
    async with client_of(app_that_runs(engine, raises(sqlstate))) as client:
        answer = await client.post("/run")

    assert_it_passes(answer)


@pytest.mark.parametrize("sqlstate", OUR_OWN, ids=OUR_OWN.values())
async def test_what_would_fail_again_is_a_failure(engine: AsyncEngine, client_of: ClientOf, sqlstate: str) -> None:
    async with client_of(app_that_runs(engine, raises(sqlstate))) as client:
        answer = await client.post("/run")

    assert answer.status_code == 500
    assert "retry-after" not in answer.headers
    assert "Leonie" not in answer.text


@pytest.mark.parametrize(
    ("settings", "statements"),
    [
        pytest.param({"statement_timeout": "50"}, ["SELECT pg_sleep(9)"], id="a statement that takes too long"),
        pytest.param({"lock_timeout": "50"}, ["DELETE FROM web_session"], id="a lock that someone else holds"),
        pytest.param({"idle_in_transaction_session_timeout": "50"}, ["SELECT 1", "SELECT 2"], id="we were too slow"),
        pytest.param({"default_transaction_read_only": "on"}, ["CREATE TEMP TABLE one ()"], id="a server that reads"),
        pytest.param({}, ["SELECT pg_terminate_backend(pg_backend_pid())"], id="a connection that was ended"),
    ],
)
async def test_trouble_as_the_server_itself_says_it(
    engine: AsyncEngine, database_url: str, client_of: ClientOf, settings: dict[str, str], statements: list[str]
) -> None:
    troubled = create_async_engine(database_url, connect_args={"server_settings": settings})
    async with engine.begin() as other, client_of(app_that_runs(troubled, *statements)) as client:
        await other.execute(text("LOCK TABLE web_session"))
        answer = await client.post("/run")
    await troubled.dispose()

    assert_it_passes(answer)


async def test_an_api_says_it_in_its_own_form(engine: AsyncEngine, client_of: ClientOf) -> None:
    async with client_of(app_that_runs(engine, raises("55P03"))) as client:
        answer = await client.post("/fhir/run")

    assert answer.json()["resourceType"] == "OperationOutcome"
    assert_it_passes(answer)


def assert_it_passes(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "60"
    assert "Nothing was saved" in answer.text
    assert "Leonie" not in answer.text
