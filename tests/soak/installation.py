"""Teams and the region as `pairs up` runs them, on servers of their own, with a proxy before each server.

The services know the servers by their proxies only; the doctor asks the servers themselves, as an operator would.
"""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.control import answering
from deploy.local.kept_servers import kept
from deploy.local.running_region import RunningRegion, Wanted
from deploy.local.running_service import RunningService
from deploy.local.screen import Screen
from deploy.local.servers import Servers, discard, start_servers
from deploy.local.team_list import KnownTeam, TeamList
from shared.kernel.beside import beside
from shared.tenancy.admin import AdminUrls
from tests.soak.proxy import Proxy

TEAMS = ("blackpool", "preston", "burnley")


@dataclass(frozen=True)
class Soaked:
    """What is used, broken and looked at."""

    servers: Servers
    redis: Proxy
    postgres: Proxy
    region: RunningRegion

    @property
    def services(self) -> Mapping[str, RunningService]:
        """By their names, such as `blackpool.referral` and `region.reporting`."""
        everything = [one for services in (self.region.region, *self.region.teams.values()) for one in services]
        return {one.name: one for one in everything}

    def of_team(self, team: str, service: str) -> RunningService:
        [found] = [one for one in self.region.teams[team] if one.service.name == service]
        return found


@contextlib.asynccontextmanager
async def soaked(teams: Sequence[str], logs: Path) -> AsyncGenerator[Soaked]:
    """Everything runs while the body does, and is started again when it ends.

    Args:
        logs: where what they wrote is put in the end.
    """
    folder = _folder()
    try:
        with start_servers(folder / "state") as servers:
            async with (
                Proxy(servers.redis_admin_url).running() as redis,
                Proxy(servers.postgres_admin_url).running() as postgres,
                kept(servers, Screen().say),
                _region(servers, AdminUrls(postgres.url, redis.url), teams) as region,
            ):
                yield Soaked(servers, redis, postgres, region)
    finally:
        shutil.copytree(folder / "state" / "log", logs, dirs_exist_ok=True)
        discard(folder / "state")
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    """Which the servers' account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="pairs-soak-", dir="/var/tmp"))
    folder.chmod(0o711)
    return folder


@contextlib.asynccontextmanager
async def _region(servers: Servers, seen: AdminUrls, teams: Sequence[str]) -> AsyncGenerator[RunningRegion]:
    """Args: seen: what its services know the servers by."""
    for team in teams:
        TeamList(servers.state).put(KnownTeam(team, demonstration=False))
    region = RunningRegion(servers.state, seen, Screen(), Wanted(demonstration=False))

    async def answer(_: Any) -> Any:
        return region.processes()

    try:
        await region.start()
        async with answering(servers.state, answer), beside(announcing=region.keep_announced()):
            yield region
    finally:
        await region.stop()
