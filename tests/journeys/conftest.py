"""Two teams' and the region's real processes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.tenancy.admin import AdminUrls
from shared.testing.servers import FreshService
from tests.journeys.network import Network, provider
from tests.referral.conftest import address, other_team, team

__all__ = ["address", "other_team", "team"]
"""One team's pages with a clock that a journey can set, beside the real processes."""


@pytest.fixture
async def network(servers: AdminUrls, fresh_service: FreshService, tmp_path: Path) -> AsyncIterator[Network]:
    async with provider(tmp_path) as url:
        network = Network(servers, fresh_service, tmp_path, url)
        yield network
        await network.stop()
