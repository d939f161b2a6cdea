"""The account with which a team's database is copied: it may read no table and change nothing."""

import asyncio
from pathlib import Path

from shared.kernel.postgres import Connection, connected
from shared.tenancy import scram
from shared.tenancy.access_files import write_keys, write_password
from shared.tenancy.secret_folder import SecretFolder

ROLE = "pairs_backup"


def make_account(admin_url: str, team: str, folder: Path) -> None:
    """The role, its password, and the team's keys for the copy's own sake. A second call changes nothing.

    Args:
        admin_url: of a superuser of the team's server.
        folder: of the team's secrets; what is for the account goes into `backup/` there.
    """
    password = SecretFolder(folder).secret("backup.database")
    asyncio.run(_make_role(admin_url, password))
    own = folder / "backup"
    write_password(own, password)
    write_keys(own, {path.name: path.read_text(encoding="ascii") for path in folder.glob(f"{team}.*-key")})


async def _make_role(admin_url: str, password: str) -> None:
    async with connected(admin_url) as admin:
        await _put_right(admin, password)


async def _put_right(admin: Connection, password: str) -> None:
    if not await admin.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", ROLE):
        await admin.execute(f"CREATE ROLE {ROLE} LOGIN REPLICATION NOINHERIT CONNECTION LIMIT 5")
        await admin.execute(f"GRANT CONNECT ON DATABASE postgres TO {ROLE}")
        await admin.execute(f"GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {ROLE}")
    kept = await admin.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = $1", ROLE)
    if not scram.fits(password, kept):
        await admin.execute(f"ALTER ROLE {ROLE} PASSWORD '{scram.verifier(password)}'")
