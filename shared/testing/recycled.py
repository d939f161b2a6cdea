"""A service that is migrated once for a whole session and emptied before each test: ten times faster than a new one.

    access = await recycled_service("blackpool", "one")

Emptied means: every table has the rows that the migrations left in it, and every sequence begins again. What a test
does to the tables themselves stays, so one that changes them takes `fresh_service`. Tests have a clock of their own, so
the time of the audit trail is theirs too.
"""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from shared.database.migrations import upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import database_exists, drop_database, let_time_be_simulated, url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder

RecycledService = Callable[[str | None, str], Coroutine[Any, Any, ServiceAccess]]


@pytest.fixture(scope="session")
async def recycled_service(servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[RecycledService]:
    """Gives a team's or the region's service, empty and migrated; the same one is the same database each time."""
    made: dict[str, ServiceAccess] = {}

    async def take(team: str | None, service: str) -> ServiceAccess:
        database = database_name(team, service)
        url = url_of(servers.postgres, database=database)
        if database not in made or not await database_exists(servers.postgres, database):
            access = await provision_service(servers, team, service, service_secrets)
            await upgrade(servers.postgres, service, database)
            await let_time_be_simulated(servers.postgres, database, allowed=True)
            async with connected(url) as connection:
                await connection.execute(_KEEP)
            made[database] = access
        else:
            async with connected(url) as connection:
                await connection.execute(_EMPTY)
        return made[database]

    yield take
    for database in made:
        await drop_database(servers.postgres, database)


_KEEP = """
CREATE SCHEMA kept;
DO $$ DECLARE named text; has_rows boolean; BEGIN
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', named) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', named, named);
        END IF;
    END LOOP;
END $$;
"""

_EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE named text; has_rows boolean; BEGIN
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', named) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('DELETE FROM public.%I', named);
        END IF;
        IF to_regclass(format('kept.%I', named)) IS NOT NULL THEN
            EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE kept.%I', named, named);
        END IF;
    END LOOP;
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER SEQUENCE public.%I RESTART', named);
    END LOOP;
END $$;
"""
