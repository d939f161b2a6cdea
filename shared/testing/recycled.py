"""A service that is migrated once for a whole session and emptied before each test: ten times faster than a new one.

    access = await recycled_service("blackpool", "one")

Emptied means: every table has the rows that the migrations left in it, and every sequence begins again. Where a test
changed the tables themselves, the next one gets a new database. Tests have a clock of their own, so the time of the
audit trail is theirs too.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import asyncpg
import pytest

from shared.database.migrations import upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import drop_database, let_time_be_simulated, url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.moment import go_back, keep

RecycledService = Callable[[str | None, str], Coroutine[Any, Any, ServiceAccess]]


@pytest.fixture(scope="session")
async def recycled_service(servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[RecycledService]:
    """Gives a team's or the region's service, empty and migrated; the same one is the same database each time."""
    made: dict[str, ServiceAccess] = {}
    shapes: dict[str, str] = {}

    async def take(team: str | None, service: str) -> ServiceAccess:
        database = database_name(team, service)
        url = url_of(servers.postgres, database=database)
        if database in made:
            with contextlib.suppress(asyncpg.InvalidCatalogNameError):
                async with connected(url) as connection:
                    if await connection.fetchval(_SHAPE) == shapes[database]:
                        await go_back(connection, "emptied")
                        return made[database]
        await drop_database(servers.postgres, database)
        made[database] = await provision_service(servers, team, service, service_secrets)
        await upgrade(servers.postgres, service, database)
        await let_time_be_simulated(servers.postgres, database, allowed=True)
        async with connected(url) as connection:
            await keep(connection, "emptied")
            shapes[database] = await connection.fetchval(_SHAPE)
        return made[database]

    yield take
    for database in made:
        await drop_database(servers.postgres, database)


_SHAPE = """
WITH relation AS (
    SELECT oid, xmin FROM pg_class WHERE relkind IN ('r', 'v', 'p') AND relnamespace = 'public'::regnamespace
)
SELECT md5(string_agg(format('%s %s', oid, xmin), ',' ORDER BY oid, xmin::text)) FROM (
    SELECT oid, xmin FROM relation
    UNION ALL SELECT attrelid, xmin FROM pg_attribute WHERE attrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT oid, xmin FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT oid, xmin FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT oid, xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT oid, xmin FROM pg_namespace WHERE nspname = 'public'
) definition
"""
"""PostgreSQL writes the row of a definition anew whenever it changes; `xmin` says by which transaction."""
