"""Numbers that a service counts for itself and that must be 0, as its table of contents says."""

import asyncio
from collections.abc import AsyncGenerator

import asyncpg

from shared import discovery
from shared.cli.finding import Finding, Scope
from shared.cli.looking import looked
from shared.cli.readers import present
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.manifest import Service
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams

ALL_SECONDS = 60.0
"""Of one service: the server gives up each of its questions by itself, but not one that hangs itself."""


async def alarm_findings(admin: AdminUrls, scope: Scope) -> AsyncGenerator[Finding]:
    """One for each of them, of every team and of the region."""
    async with operator(admin) as redis:
        known = await teams(redis)
    everything = [*present(known), *((None, one.name) for one in discovery.of_region())]
    for team, name in [one for one in everything if scope.has(one[0])]:
        service, database = discovery.services().get(name), database_name(team, name)
        if service is not None and service.alarms:
            async for finding in looked(f"{database}: alarms", _alarms(service, database, admin), admin):
                yield finding


async def _alarms(service: Service, database: str, admin: AdminUrls) -> AsyncGenerator[Finding]:
    async with asyncio.timeout(ALL_SECONDS):
        numbers = await _numbers(service, url_of(admin.postgres, database=database))
    for alarm, what_to_do in service.alarms.items() if numbers else ():
        words = alarm.replace("_", " ")
        yield Finding(f"{database}: {words}", not numbers[alarm], f"{numbers[alarm]}", what_to_do)


async def _numbers(service: Service, url: str) -> dict[str, int]:
    """None of them where the database, or a table, is not there: that is a finding of its own.

    Raises:
        OSError, asyncpg.PostgresError: the server went away, or is too slow.
    """
    # Only here the command line needs SQLAlchemy, whose import takes as long as all else of a command.
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from shared.database.engines import create_engine  # noqa: PLC0415
    from shared.database.trouble import cause_of  # noqa: PLC0415
    from shared.unit_of_work import UnitOfWork, UnitsOfWork  # noqa: PLC0415

    engine, found = create_engine(url), dict[str, int]()
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            for count in service.figures():
                found |= await count(work)
    except (DBAPIError, asyncpg.InvalidCatalogNameError) as error:
        if isinstance(cause := cause_of(error), asyncpg.InvalidCatalogNameError | asyncpg.SyntaxOrAccessError):
            return {}
        raise cause from None
    finally:
        await engine.dispose()
    return found
