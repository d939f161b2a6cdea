"""A referral service of its own for each test, and its pages, which are loaded by the first test that opens one."""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from shared.tenancy.admin import AdminUrls
from shared.testing.recycled import KeptEngine, RecycledService
from tests.referral.a_team import ATeam

if TYPE_CHECKING:
    from tests.referral.web.fhir_api import FhirApi
    from tests.referral.web.office import Office
    from tests.referral.web.visitor import Visitor


@pytest.fixture
async def team(recycled_service: RecycledService, kept_engine: KeptEngine) -> ATeam:
    return ATeam("team-one", await kept_engine(await recycled_service("team-one", "referral")))


@pytest.fixture
async def other_team(recycled_service: RecycledService, kept_engine: KeptEngine) -> ATeam:
    return ATeam("team-two", await kept_engine(await recycled_service("team-two", "referral")))


@pytest.fixture
async def visitor(team: ATeam) -> AsyncIterator[Visitor]:
    from tests.referral.web.served import visiting

    async with visiting(team) as visitor:
        yield visitor


@pytest.fixture
async def staff(team: ATeam) -> AsyncIterator[Visitor]:
    """A practitioner, signed in."""
    from tests.referral.web.served import working

    async with working(team) as staff:
        yield staff


@pytest.fixture
async def address(team: ATeam) -> AsyncIterator[str]:
    """Where a browser finds the team's pages."""
    from tests.referral.web.served import served

    async with served(team) as url:
        yield url


@pytest.fixture
async def fhir(team: ATeam) -> AsyncIterator[FhirApi]:
    from tests.referral.web.served import asking_by_fhir

    async with asking_by_fhir(team) as api:
        yield api


@pytest.fixture(scope="module")
async def the_office(recycled_service: RecycledService, servers: AdminUrls) -> AsyncIterator[Office]:
    from tests.referral.web.office import open_office

    async with open_office(recycled_service, servers) as office:
        yield office


@pytest.fixture
async def office(the_office: Office) -> Office:
    await the_office.goes_back()
    return the_office
