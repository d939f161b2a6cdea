"""One team and the region on real servers of their own, in a folder that is deleted afterwards."""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from redis.asyncio import Redis

from benchmarks.sample import OUTBOX_COLUMNS, outbox_rows
from deploy.local.servers import discard, start_servers
from shared.contracts.platform import TeamOnboarded
from shared.contracts.streams import Audience, Stream
from shared.database.migrations import upgrade
from shared.discovery import service
from shared.inbox.projection import tables_of
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator, provision_service
from shared.tenancy.registry import announce
from shared.tenancy.secret_folder import SecretFolder

TEAM = "blackpool"
STREAM = Stream(TEAM, "referral", Audience.REGION)
REGION_TABLES = ", ".join(
    ("event_log", "checkpoint", "dead_letter", "dirty_month", "figure", *tables_of(service("reporting").reactions()))
)


class NotTheSameWork(Exception):
    """What was measured did not do its work: there is no figure."""


@dataclass(frozen=True)
class Installation:
    """Addresses, and how to begin again from nothing."""

    admin: AdminUrls
    team: ServiceAccess
    consultation: ServiceAccess
    region: ServiceAccess
    version: str

    def admin_of(self, service: str) -> str:
        """The superuser's address of the database of one of the team's services, or of `reporting`."""
        team = None if service == "reporting" else TEAM
        return url_of(self.admin.postgres, database=database_name(team, service))

    @contextlib.asynccontextmanager
    async def operator(self) -> AsyncGenerator[Redis]:
        async with operator(self.admin) as redis:
            yield redis

    async def empty(self, *, teams: int = 1) -> None:
        """Nothing in either database nor in Redis, and the teams announced."""
        async with connected(self.admin_of("referral")) as connection:
            await connection.execute(
                "TRUNCATE outbox, outbox_waiting, outbox_order; UPDATE relay_state SET last_position = 0, epoch = 1"
            )
        async with connected(self.admin_of("reporting")) as connection:
            await connection.execute(f"TRUNCATE {REGION_TABLES}")
        async with self.operator() as redis:
            await redis.flushall()
            for number in range(teams):
                await announce(redis, TeamOnboarded(team=team_name(number), services=("referral",)))

    async def fill_outbox(self, events: int, *, audiences: tuple[str, ...]) -> None:
        """Events that are committed and not yet relayed."""
        async with connected(self.admin_of("referral")) as connection:
            await connection.copy_records_to_table(
                "outbox", columns=OUTBOX_COLUMNS, records=outbox_rows(events, audiences=audiences)
            )
            await connection.execute("ANALYZE outbox, outbox_waiting")
        await self.settle()

    async def settle(self) -> None:
        """Let PostgreSQL write what earlier work left, so that the clock does not pay for it."""
        async with connected(self.admin.postgres) as connection:
            await connection.execute("CHECKPOINT")

    async def must_have(self, events: int) -> None:
        """Raises NotTheSameWork unless the log has these events, and the facts are those of the log."""
        async with connected(self.admin_of("reporting")) as connection:
            log: int = await connection.fetchval("SELECT count(*) FROM event_log")
            facts: int = await connection.fetchval(
                "SELECT (SELECT count(*) FROM referral_received) + (SELECT count(*) FROM triage_decided) "
                "+ (SELECT count(*) FROM tier_movement)"
            )
        if (log, facts) != (events, events):
            raise NotTheSameWork(f"{events} events made {log} rows of the log and {facts} facts")


def team_name(number: int) -> str:
    return TEAM if number == 0 else f"team-{number}"


@contextlib.asynccontextmanager
async def installed() -> AsyncGenerator[Installation]:
    """Servers that write to the disk as in production (fsync on), until the body ends."""
    folder = Path(tempfile.mkdtemp(prefix="pairs-bench-", dir="/var/tmp"))
    folder.chmod(0o711)
    try:
        with start_servers(folder / "state") as servers:
            secrets = SecretFolder(folder / "passwords")
            team = await provision_service(
                servers.admin_urls, TEAM, "referral", secrets, reads=sorted(service("referral").reads)
            )
            consultation = await provision_service(
                servers.admin_urls, TEAM, "consultation", secrets, reads=sorted(service("consultation").reads)
            )
            region = await provision_service(servers.admin_urls, None, "reporting", secrets)
            await upgrade(servers.postgres_admin_url, "referral", database_name(TEAM, "referral"))
            await upgrade(servers.postgres_admin_url, "consultation", database_name(TEAM, "consultation"))
            await upgrade(servers.postgres_admin_url, "reporting", database_name(None, "reporting"))
            yield Installation(
                servers.admin_urls, team, consultation, region, await _version(servers.postgres_admin_url)
            )
        discard(folder / "state")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _version(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SHOW server_version")
    finally:
        await connection.close()
