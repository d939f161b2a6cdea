"""A referral service of its own for each test, and its pages."""

import pytest

from shared.testing.recycled import KeptEngine, RecycledService
from tests.referral.a_team import ATeam
from tests.referral.web.office import office, the_office
from tests.referral.web.served import address, fhir, staff, visitor

__all__ = ["address", "fhir", "office", "staff", "the_office", "visitor"]


@pytest.fixture
async def team(recycled_service: RecycledService, kept_engine: KeptEngine) -> ATeam:
    return ATeam("team-one", await kept_engine(await recycled_service("team-one", "referral")))


@pytest.fixture
async def other_team(recycled_service: RecycledService, kept_engine: KeptEngine) -> ATeam:
    return ATeam("team-two", await kept_engine(await recycled_service("team-two", "referral")))
