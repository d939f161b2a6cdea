"""Reporting's pages on a real database, by an HTTP client and by a browser."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.settings import ReportingSettings
from shared.contracts.vocabulary import Role
from shared.kernel.clock import machine_clock
from shared.manifest import Person
from shared.process import create_pages
from shared.tenancy.admin import ServiceAccess
from shared.testing.direct_sign_in import direct_sign_in
from shared.web.health import create_health
from shared.web.serving import serve

LEAD, LOCALITY_LEAD, COMMISSIONER = SERVICE.people
PRACTITIONER = Person(UUID(int=99), "Practitioner", frozenset({Role.PRACTITIONER}))
NOW = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)


def settings_of(access: ServiceAccess, port: int = 8000, private_port: int = 8001) -> ReportingSettings:
    return ReportingSettings(
        subscription_key="00" * 32,
        database_url=access.database_url,
        redis_url=access.redis_url,
        port=port,
        private_port=private_port,
        public_url=f"http://127.0.0.1:{port}",
        sign_in="demonstration",
    )


@pytest.fixture
def app(access: ServiceAccess, engine: AsyncEngine) -> FastAPI:
    settings = settings_of(access)
    signs_in = direct_sign_in(settings, (*SERVICE.people, PRACTITIONER))
    return create_pages(SERVICE, settings, engine, lambda: NOW, signs_in=signs_in)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody is signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8000") as client:
        yield client


async def sign_in(client: httpx.AsyncClient, person: Person) -> None:
    answer = await client.post("/sign-in", data={"person": str(person.id), "next": "/"})
    assert answer.status_code == 303


@pytest.fixture
async def lead(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await sign_in(client, LEAD)
    return client


@pytest.fixture
async def address(access: ServiceAccess, engine: AsyncEngine) -> AsyncIterator[str]:
    """Of the pages, running with the machine's clock and live."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, private_port = one.getsockname()[1], other.getsockname()[1]
    settings = settings_of(access, port, private_port)
    signs_in = direct_sign_in(settings, SERVICE.people)
    web = create_pages(SERVICE, settings, engine, machine_clock, signs_in=signs_in)
    serving = asyncio.create_task(serve(web, create_health(live={}, ready={}), settings))
    await _answers(settings.public_url)
    yield settings.public_url
    web.state.announcer.close()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _answers(address: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(10):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get(address)
                return
            await asyncio.sleep(0.05)


@pytest.fixture
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The region at a glance in a browser, a regional lead signed in."""
    page = await browser.new_page(viewport={"width": 1200, "height": 900})
    await page.goto(f"{address}/")
    await page.get_by_role("button", name="Sign in as Regional lead").click()
    await page.wait_for_url(f"{address}/")
    yield page
    await page.close()
