"""One team's pages and FHIR API: in this process for a client, and on a port of their own for a browser."""

import contextlib
from collections.abc import AsyncGenerator
from typing import Any

import httpx
from fastapi import FastAPI

from shared.kernel.settings import Settings
from shared.testing.served import served_pages
from tests.referral.a_team import ATeam
from tests.referral.web.fhir_api import PUBLIC_URL, FhirApi, create_app, register
from tests.referral.web.visitor import PRACTITIONER, Visitor, client_of, pages_of, settings_of


@contextlib.asynccontextmanager
async def visiting(team: ATeam) -> AsyncGenerator[Visitor]:
    """Somebody of whom nothing is known."""
    async with client_of(pages_of(team)) as client:
        yield Visitor(client)


@contextlib.asynccontextmanager
async def working(team: ATeam) -> AsyncGenerator[Visitor]:
    """A practitioner, signed in."""
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(PRACTITIONER)
        yield visitor


@contextlib.asynccontextmanager
async def served(team: ATeam, **changes: Any) -> AsyncGenerator[str]:
    """A team's pages on a port of their own, by its settings; gives their address."""

    def pages(**where: Any) -> tuple[FastAPI, Settings]:
        return pages_of(team, **changes, **where), settings_of(team, **changes, **where)

    async with served_pages(pages) as url:
        yield url


@contextlib.asynccontextmanager
async def asking_by_fhir(team: ATeam) -> AsyncGenerator[FhirApi]:
    """Another system that is let in."""
    transport = httpx.ASGITransport(create_app(team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = FhirApi(team, http, await register(team))
        await api.sign_in()
        yield api
