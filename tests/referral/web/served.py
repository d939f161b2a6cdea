"""One team's pages and FHIR API: in this process for a client, and on a port of their own for a browser."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import httpx
import pytest

from shared.web.health import create_health
from shared.web.serving import serve
from tests.referral.a_team import ATeam
from tests.referral.web.fhir_api import PUBLIC_URL, FhirApi, create_app, register
from tests.referral.web.visitor import PRACTITIONER, Visitor, client_of, pages_of, settings_of


@pytest.fixture
async def visitor(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team)) as client:
        yield Visitor(client)


@pytest.fixture
async def staff(team: ATeam) -> AsyncIterator[Visitor]:
    """A practitioner, signed in."""
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(PRACTITIONER)
        yield visitor


@pytest.fixture
async def address(team: ATeam) -> AsyncIterator[str]:
    """Where a browser finds the team's pages."""
    async with served(team) as url:
        yield url


@contextlib.asynccontextmanager
async def served(team: ATeam, **changes: Any) -> AsyncGenerator[str]:
    """A team's pages on a port of their own, by its settings; gives their address."""
    port, private_port = _free_ports()
    public_url = f"http://127.0.0.1:{port}"
    changes |= {"port": port, "private_port": private_port, "public_url": public_url}
    app, settings = pages_of(team, **changes), settings_of(team, **changes)
    serving = asyncio.create_task(serve(app, create_health(live={}, ready={}), settings))
    await _listens(public_url)
    yield public_url
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@pytest.fixture
async def fhir(team: ATeam) -> AsyncIterator[FhirApi]:
    transport = httpx.ASGITransport(create_app(team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = FhirApi(team, http, await register(team))
        await api.sign_in()
        yield api


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


async def _listens(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(10):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get(url)
                return
            await asyncio.sleep(0.05)
