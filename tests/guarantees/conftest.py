"""A team and the region, on real servers."""

import pytest

from shared.tenancy.admin import AdminUrls
from shared.testing.servers import FreshService
from tests.guarantees.spine import Spine


@pytest.fixture
async def spine(servers: AdminUrls, fresh_service: FreshService, a_team: str) -> Spine:
    team = await fresh_service(a_team, "referral")
    region = await fresh_service(None, "reporting")
    return Spine(a_team, team.database_url, team.redis_url, region.database_url, region.redis_url, servers.redis)
