"""The sample service on a real database, by an HTTP client and by a browser."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database.migrations import upgrade
from shared.kernel.logging import configure_logging
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import drop_database
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from shared.web.health import create_health
from shared.web.serving import serve
from shared.web.tables import web_session
from tests.web.sample import LEAD, SimulatedClock, create_sample, settings

ADDRESS = "http://127.0.0.1:8000"
_TEAM = "team-of-pages"
_MIGRATIONS = Path(__file__).with_name("migrations")


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Logs as a service writes them."""
    configure_logging(service="sample", team="blackpool", level="info")
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture(scope="session")
async def database_url(servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[str]:
    """One database for all tests of pages; sessions are all that is in it."""
    database = database_name(_TEAM, "referral")
    await drop_database(servers.postgres, database)
    access = await provision_service(servers, _TEAM, "referral", service_secrets)
    await upgrade(servers.postgres, "referral", database, folder=_MIGRATIONS)
    yield access.database_url.replace("postgresql:", "postgresql+asyncpg:", 1)
    await drop_database(servers.postgres, database)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(delete(web_session))
    yield engine
    await engine.dispose()


@pytest.fixture
def sample(engine: AsyncEngine, clock: SimulatedClock) -> FastAPI:
    return create_sample(engine, clock)


@pytest.fixture
def client_of() -> Callable[..., httpx.AsyncClient]:
    def make(app: FastAPI, address: str = ADDRESS, **options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app, **options), base_url=address)

    return make


@pytest.fixture
async def client(sample: FastAPI, client_of: Callable[..., httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(sample) as client:
        yield client


@pytest.fixture
async def lead(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """The client, signed in as a team lead."""
    answer = await client.post("/sign-in", data={"person": str(LEAD.id), "next": "/"})
    assert answer.status_code == 303
    return client


@pytest.fixture
async def csrf(lead: httpx.AsyncClient) -> str:
    return csrf_in((await lead.get("/family")).text)


def csrf_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
async def running(engine: AsyncEngine, clock: SimulatedClock) -> AsyncIterator[tuple[FastAPI, str]]:
    """The sample on a port of its own, and its address."""
    async with served(engine, clock) as sample:
        yield sample


@contextlib.asynccontextmanager
async def served(engine: AsyncEngine, clock: SimulatedClock, **changes: Any) -> AsyncIterator[tuple[FastAPI, str]]:
    """The same with other settings."""
    port, private_port = free_ports()
    address = f"http://127.0.0.1:{port}"
    changes |= {"port": port, "private_port": private_port, "public_url": address}
    app = create_sample(engine, clock, **changes)
    serving = asyncio.create_task(serve(app, create_health(live={}, ready={}), settings(**changes)))
    await answers(address)
    yield app, address
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


async def answers(address: str) -> None:
    """Waits until someone listens there."""
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get(address)
                return
            await asyncio.sleep(0.05)
