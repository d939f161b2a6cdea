"""A team and the region, on real servers."""

from pathlib import Path

import pytest

from shared.tenancy.admin import AdminUrls
from shared.testing.servers import FreshService
from tests.guarantees.lending_spine import LendingSpine
from tests.guarantees.spine import Spine

LENDING = Path(__file__).parents[1] / "services" / "lending" / "database" / "migrations"


@pytest.fixture
async def spine(servers: AdminUrls, fresh_service: FreshService, a_team: str) -> Spine:
    team = await fresh_service(a_team, "referral")
    region = await fresh_service(None, "reporting")
    return Spine(a_team, team.database_url, team.redis_url, region.database_url, region.redis_url, servers.redis)


@pytest.fixture
async def lending(servers: AdminUrls, fresh_service: FreshService, a_team: str) -> LendingSpine:
    team = await fresh_service(a_team, "referral")
    library = await fresh_service(a_team, "lending", folder=LENDING, reads=("referral",))
    return LendingSpine(
        a_team, team.database_url, team.redis_url, library.database_url, library.redis_url, servers.redis
    )
