"""Three teams and the region on servers of their own: each team's relay and the region's reader are processes."""

import asyncio
import contextlib
import re
import shutil
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from pathlib import Path

from deploy.local.kept_servers import kept
from deploy.local.servers import Servers, discard, start_servers
from shared.database.migrations import upgrade
from shared.kernel.cancel import cancel
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from tests.guarantees import process
from tests.guarantees.spine import Spine
from tests.soak.proxy import Proxy

TEAMS = ("blackpool", "preston", "burnley")
READER = "reader"


@dataclass
class Soaked:
    """What faults are done to."""

    servers: Servers
    proxy: Proxy
    spines: list[Spine]
    processes: dict[str, process.Victim] = field(default_factory=dict[str, process.Victim])
    """By the team whose relay it is, and `reader`."""

    async def keep(self, name: str) -> None:
        """Start a process, and again whenever it has ended, as whoever supervises does."""
        spine = next((one for one in self.spines if one.team == name), self.spines[0])
        while True:
            victim = self.processes[name] = await process.start(spine, "reader" if name == READER else "relay")
            try:
                await victim.wait()
            finally:
                await victim.kill()
            await asyncio.sleep(0.5)


@contextlib.asynccontextmanager
async def soaked() -> AsyncGenerator[Soaked]:
    """Everything runs while the body does."""
    folder = _folder()
    try:
        with start_servers(folder / "state") as servers:
            async with Proxy(_port(servers.redis_admin_url)).running() as proxy, kept(servers, print):
                one = Soaked(servers, proxy, await _spines(servers, SecretFolder(folder / "passwords"), proxy.port))
                keeping = [asyncio.create_task(one.keep(name)) for name in (*TEAMS, READER)]
                try:
                    yield one
                finally:
                    await cancel(keeping)
        discard(folder / "state")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pairs-soak-", dir="/var/tmp"))
    folder.chmod(0o711)
    return folder


async def _spines(servers: Servers, secrets: SecretFolder, port: int) -> list[Spine]:
    region = await provision_service(servers.admin_urls, None, "reporting", secrets)
    await upgrade(servers.postgres_admin_url, "reporting", database_name(None, "reporting"))
    spines: list[Spine] = []
    for team in TEAMS:
        access = await provision_service(servers.admin_urls, team, "referral", secrets)
        await upgrade(servers.postgres_admin_url, "referral", database_name(team, "referral"))
        spine = Spine(
            team,
            access.database_url,
            access.redis_url,
            region.database_url,
            region.redis_url,
            servers.redis_admin_url,
        )
        await spine.announce()
        spines.append(
            replace(spine, team_redis=_through(access.redis_url, port), reader_redis=_through(region.redis_url, port))
        )
    return spines


def _port(url: str) -> int:
    return int(re.findall(r":(\d+)/", url)[-1])


def _through(url: str, port: int) -> str:
    return re.sub(r":\d+/", f":{port}/", url)
