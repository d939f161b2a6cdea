"""A service that is migrated once for a whole session and emptied before each test: ten times faster than a new one.

    access = await recycled_service("blackpool", "one")

Emptied means: every table has the rows that the migrations left in it, and every sequence begins again. Where a test
changed the tables themselves, the next one gets a new database. Tests have a clock of their own, so the time of the
audit trail is theirs too.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy import QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database.migrations import upgrade
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import drop_database, let_time_be_simulated, url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.moment import go_back, keep

_GONE = (asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, asyncpg.InterfaceError)
"""A test dropped the database, and with it the connection."""

RecycledService = Callable[[str | None, str], Coroutine[Any, Any, ServiceAccess]]


@pytest.fixture(scope="session")
async def recycled_service(servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[RecycledService]:
    """Gives a team's or the region's service, empty and migrated; the same one is the same database each time."""
    made: dict[str, ServiceAccess] = {}
    inside: dict[str, asyncpg.Connection[asyncpg.Record]] = {}
    shapes: dict[str, str] = {}

    async def take(team: str | None, service: str) -> ServiceAccess:
        database = database_name(team, service)
        if database in made:
            with contextlib.suppress(*_GONE):
                if await inside[database].fetchval(_SHAPE) == shapes[database]:
                    await go_back(inside[database], "emptied")
                    return made[database]
            await inside[database].close()
        await drop_database(servers.postgres, database)
        made[database] = await provision_service(servers, team, service, service_secrets)
        await upgrade(servers.postgres, service, database)
        await let_time_be_simulated(servers.postgres, database, allowed=True)
        inside[database] = await asyncpg.connect(url_of(servers.postgres, database=database))
        await keep(inside[database], "emptied")
        shapes[database] = await inside[database].fetchval(_SHAPE)
        return made[database]

    yield take
    for database in made:
        await inside[database].close()
        await drop_database(servers.postgres, database)


KeptEngine = Callable[[ServiceAccess], Coroutine[Any, Any, AsyncEngine]]


@pytest.fixture(scope="session")
async def kept_engine(recycled_service: RecycledService) -> AsyncIterator[KeptEngine]:  # noqa: ARG001 - ends before it
    """Gives the engine of a recycled service: it keeps its connections, and the statements that it has compiled."""
    engines: dict[str, tuple[ServiceAccess, AsyncEngine]] = {}

    async def take(access: ServiceAccess) -> AsyncEngine:
        before, engine = engines.get(access.database_url, (None, None))
        if engine is not None and (before is not access or cast("QueuePool", engine.pool).checkedout()):
            await engine.dispose()
            engine = None
        if engine is None:
            engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
            engines[access.database_url] = (access, engine)
        return engine

    yield take
    for _, engine in engines.values():
        await engine.dispose()


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
    UNION ALL SELECT oid, xmin FROM pg_namespace WHERE nspname NOT LIKE 'pg!_%' ESCAPE '!'
) definition
"""
"""PostgreSQL writes the row of a definition anew whenever it changes; `xmin` says by which transaction."""
