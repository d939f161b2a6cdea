"""A team and the region, on real servers."""

from pathlib import Path

import pytest

from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import let_time_be_simulated
from shared.tenancy.names import database_name
from shared.testing.recycled import RecycledService
from shared.testing.servers import FreshService
from tests.guarantees.lending_spine import LendingSpine
from tests.guarantees.spine import Spine

LENDING = Path(__file__).parents[1] / "services" / "lending" / "database" / "migrations"


TEAM = "team-of-guarantees"


@pytest.fixture
async def team(emptied_servers: AdminUrls, recycled_service: RecycledService) -> ServiceAccess:
    """Its referral service, at the machine's time."""
    access = await recycled_service(TEAM, "referral")
    await let_time_be_simulated(emptied_servers.postgres, database_name(TEAM, "referral"), allowed=False)
    return access


@pytest.fixture
async def spine(servers: AdminUrls, team: ServiceAccess, recycled_service: RecycledService) -> Spine:
    region = await recycled_service(None, "reporting")
    await let_time_be_simulated(servers.postgres, database_name(None, "reporting"), allowed=False)
    return Spine(TEAM, team.database_url, team.redis_url, region.database_url, region.redis_url, servers.redis)


@pytest.fixture
async def lending(servers: AdminUrls, team: ServiceAccess, fresh_service: FreshService) -> LendingSpine:
    library = await fresh_service(TEAM, "lending", folder=LENDING, reads=("referral",))
    return LendingSpine(TEAM, team.database_url, team.redis_url, library.database_url, library.redis_url, servers.redis)
