"""The region is told of a team that goes, also when Redis does not know it any more."""

from collections.abc import Callable

import pytest

from deploy.compose.leave import main
from shared.tenancy.admin import AdminUrls
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import Standing, teams


@pytest.mark.parametrize(("task", "told"), [("forget", True), ("abandon", False)])
async def test_the_region_is_told_of_a_destroyed_team_that_redis_lost(
    servers: AdminUrls, new_team: Callable[[], str], monkeypatch: pytest.MonkeyPatch, task: str, told: bool
) -> None:
    monkeypatch.setenv("PAIRS_REDIS_ADMIN_URL", servers.redis)
    team = new_team()

    await main(task, team)

    async with operator(servers) as redis:
        known = (await teams(redis)).get(team)
    assert (known is not None and known.standing is Standing.LEFT) is told
