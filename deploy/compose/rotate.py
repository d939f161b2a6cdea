"""Other passwords for a team's accounts, while its services run.

    python -m deploy.compose.rotate blackpool postgres       at once: each service reads the file when it connects
    python -m deploy.compose.rotate blackpool redis          the new one opens beside the earlier one
    python -m deploy.compose.rotate blackpool redis-alone    when every process has it: the earlier one is shut

Killed anywhere, it is run again.
"""

import sys
from pathlib import Path

from deploy.backup.account import ROLE
from deploy.compose.ended import ended
from shared.discovery import of_team
from shared.kernel.postgres import Connection, connected
from shared.kernel.settings import variable
from shared.manifest import Service
from shared.tenancy import redis_users, scram
from shared.tenancy.access_files import write_keys, write_password
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import database_name, redis_user
from shared.tenancy.provisioning import operator
from shared.tenancy.secret_folder import SecretFolder

SECRETS = Path("/secrets")


async def main(team: str, what: str) -> None:
    """Of every service of the team. Raises what the servers raise."""
    admin = AdminUrls(variable("postgres_admin_url") or "", variable("redis_admin_url") or "")
    if what == "postgres":
        await _postgres(admin, team)
    else:
        for service in of_team():
            await _redis(admin, team, service, alone=what == "redis-alone")


async def _postgres(admin: AdminUrls, team: str) -> None:
    """The file first: whoever connects in between is refused once, and tries again."""
    secrets = SecretFolder(SECRETS)
    async with connected(admin.postgres) as connection:
        for service in of_team():
            user = redis_user(team, service.name)
            password = secrets.renew(f"{user}.database")
            write_password(SECRETS / user, password)
            await _tell(connection, database_name(team, service.name), password)
        password = secrets.renew("backup.database")
        write_password(SECRETS / "backup", password)
        await _tell(connection, ROLE, password)
        await _tell(connection, "postgres", SecretFolder(SECRETS / "made").renew("postgres"))


async def _tell(connection: Connection, role: str, password: str) -> None:
    await connection.execute(f"ALTER ROLE \"{role}\" PASSWORD '{scram.verifier(password)}'")


async def _redis(admin: AdminUrls, team: str, service: Service, *, alone: bool) -> None:
    """What was the password stands in a file of its own as long as it opens."""
    secrets, user = SecretFolder(SECRETS), redis_user(team, service.name)
    earlier = secrets.path(f"{user}.redis.earlier")
    password = secrets.secret(f"{user}.redis") if alone else _renewed(secrets, f"{user}.redis", earlier)
    passwords = [password] if alone else [password, _text(earlier)]
    async with operator(admin) as redis:
        await redis_users.set_user(
            redis, team, service.name, passwords, sorted(service.reads), is_networked=service.is_networked
        )
    if alone:
        _forget(earlier)
    else:
        write_keys(SECRETS / user, {"REDIS_URL": redis_users.redis_url_for(admin.redis, team, service.name, password)})


def _renewed(secrets: SecretFolder, name: str, earlier: Path) -> str:
    """The new one; where one was made and is not used alone yet, that."""
    if not earlier.exists():
        draft = earlier.with_name(f".{earlier.name}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.secret(name), encoding="ascii")
        draft.replace(earlier)
    return secrets.renew(name) if secrets.secret(name) == _text(earlier) else secrets.secret(name)


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii")


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)


if __name__ == "__main__":
    ended(main(*sys.argv[1:3]))
