"""A service's database and its two roles: one that owns the tables, and one that the app signs in as.

The owner cannot sign in; migrations put it on. The app's role owns nothing: it cannot create, drop, truncate or delete,
unless a migration grants it DELETE on one table (`GRANT DELETE ON draft TO "…"`, named by `current_database()`).
"""

from urllib.parse import urlsplit, urlunsplit

from shared.kernel.postgres import Connection, connected
from shared.tenancy import scram
from shared.tenancy.names import owner_role

CONNECTION_LIMIT = 60
"""Sessions of one service, all its processes together: two of them while one takes over from the other, each with 20
for pages, 8 for what it reads, and one for its relay."""

_LOCK = 0x7061697273
"""Advisory lock in the database `postgres`: one provisioning at a time on one server."""


async def create_database(admin_url: str, database: str, password: str) -> None:
    """The database with its roles and grants. A second call changes nothing, and completes one that was killed.

    Args:
        admin_url: address of a superuser in the database `postgres`.
        database: from `database_name`, so free of quotes.
        password: of the app's role, ASCII.
    """
    async with connected(admin_url) as admin:
        await admin.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await _create_roles(admin, database, password)
        await _create_database(admin, database)
        for shared_database in ("postgres", "template1"):
            await _close_to_public(admin, shared_database)
        async with connected(url_of(admin_url, database=database)) as inside, inside.transaction():
            await _grant(inside, database)


async def database_exists(admin_url: str, database: str) -> bool:
    async with connected(admin_url) as admin:
        return await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database)


async def drop_database(admin_url: str, database: str) -> None:
    """Removes the database with all its data, and its roles. For tests, and for demonstrations that begin again."""
    async with connected(admin_url) as admin:
        await admin.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        await admin.execute(f'DROP ROLE IF EXISTS "{database}"')
        await admin.execute(f'DROP ROLE IF EXISTS "{owner_role(database)}"')


async def let_time_be_simulated(admin_url: str, database: str, *, allowed: bool) -> None:
    """Whether entries of the audit trail take the time that the application gives instead of the database's own.

    Only an operator can say so, and only for the time in which the history of a demonstration is loaded.
    """
    async with connected(url_of(admin_url, database=database)) as inside:
        await inside.execute("UPDATE audit_head SET simulated = $1", allowed)


def url_of(admin_url: str, *, database: str, role: str = "", password: str = "") -> str:
    """The address of a database on the same server, for the admin or for another role."""
    parts = urlsplit(admin_url)
    account, _, place = parts.netloc.rpartition("@")
    account = f"{role}:{password}" if role else account
    return urlunsplit(parts._replace(netloc=f"{account}@{place}", path=f"/{database}"))


async def _create_roles(admin: Connection, database: str, password: str) -> None:
    rows = await admin.fetch("SELECT rolname, rolpassword FROM pg_authid")
    roles: dict[str, str | None] = {row["rolname"]: row["rolpassword"] for row in rows}
    if owner_role(database) not in roles:
        await admin.execute(f'CREATE ROLE "{owner_role(database)}" NOLOGIN')
    if database not in roles:
        await admin.execute(f'CREATE ROLE "{database}" LOGIN NOINHERIT CONNECTION LIMIT {CONNECTION_LIMIT}')
    limit = await admin.fetchval("SELECT rolconnlimit FROM pg_roles WHERE rolname = $1", database)
    if limit != CONNECTION_LIMIT:
        await admin.execute(f'ALTER ROLE "{database}" CONNECTION LIMIT {CONNECTION_LIMIT}')
    if not scram.fits(password, roles.get(database)):
        await admin.execute(f"ALTER ROLE \"{database}\" PASSWORD '{scram.verifier(password)}'")


async def _create_database(admin: Connection, database: str) -> None:
    """It opens only when the public is shut out: a new database lets everyone in, also one left half made."""
    if not await admin.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
        await admin.execute(
            f'CREATE DATABASE "{database}" OWNER "{owner_role(database)}" TEMPLATE template0 ENCODING \'UTF8\''
            " ALLOW_CONNECTIONS false"
        )
    await _close_to_public(admin, database)
    if not await admin.fetchval("SELECT has_database_privilege($1, $2, 'CONNECT')", database, database):
        await admin.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{database}"')
    if not await admin.fetchval("SELECT datallowconn FROM pg_database WHERE datname = $1", database):
        await admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')


async def _close_to_public(admin: Connection, database: str) -> None:
    is_open = await admin.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
            WHERE datname = $1 AND grantee = 0)
        """,
        database,
    )
    if is_open:
        await admin.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')


async def _grant(inside: Connection, database: str) -> None:
    owner = owner_role(database)
    await inside.execute(
        f"""
        ALTER SCHEMA public OWNER TO "{owner}";
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO "{database}";
        ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT SELECT, INSERT, UPDATE ON TABLES TO "{database}";
        ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT USAGE, SELECT ON SEQUENCES TO "{database}";
        """
    )
