"""One team's FHIR API, with a client of it that has a token."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.referral.conftest import ATeam
from tests.referral.web.fhir_api import PUBLIC_URL, FhirApi, create_app, register


@pytest.fixture
async def fhir(team: ATeam) -> AsyncIterator[FhirApi]:
    transport = httpx.ASGITransport(create_app(team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = FhirApi(team, http, await register(team))
        await api.sign_in()
        yield api
