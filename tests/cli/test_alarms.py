"""What a service counts and must be 0 is told to whoever asks whether all is well."""

from datetime import date

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.publication.queries.month_backlog import month_backlog
from shared.cli import alarms
from shared.cli.alarms import alarm_findings
from shared.cli.finding import EVERYTHING, Scope
from shared.discovery import services
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import BROKEN, Connection
from shared.manifest import Service
from shared.tenancy.admin import AdminUrls
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.conftest import access as access  # noqa: PLC0414 - a fixture is found where it is named
from tests.reporting.conftest import connection as connection  # noqa: PLC0414
from tests.reporting.conftest import engine as engine  # noqa: PLC0414
from tests.reporting.heard_long_ago import HEARD_LONG_AGO

CHECK = "pairs_reporting: month overdue"


async def said(servers: AdminUrls, scope: Scope = EVERYTHING) -> dict[str, bool]:
    return {found.check: found.well async for found in alarm_findings(servers, scope)}


async def counted(engine: AsyncEngine) -> int:
    """Among the metrics."""
    async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
        return (await month_backlog(work))["month_overdue"]


async def test_a_month_that_should_have_been_frozen_is_no_longer_only_in_a_log(
    servers: AdminUrls, connection: Connection, engine: AsyncEngine
) -> None:
    await connection.execute(HEARD_LONG_AGO)
    before = await said(servers), await counted(engine)
    await connection.execute(
        "INSERT INTO figure (indicator, version, team, month, way, part, numerator, reckoned_at) "
        "VALUES (1, 1, 'preston', $1, '', '', 12, now())",
        date(2024, 1, 1),
    )

    assert before == ({CHECK: True}, 0)
    assert (await said(servers), await counted(engine)) == ({CHECK: False}, 1)
    assert await said(servers, Scope("preston")) == {}


@pytest.mark.parametrize("database", ["pairs_nowhere", "postgres"])
async def test_a_database_or_a_table_that_is_not_there_ends_nothing(
    servers: AdminUrls, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    monkeypatch.setattr(alarms, "database_name", lambda *_: database)

    assert await said(servers) == {}


async def test_each_alarm_is_a_figure_of_the_same_service(engine: AsyncEngine) -> None:
    [(name, service)] = [(name, one) for name, one in services().items() if one.alarms]
    async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
        known = {name for count in service.figures() for name in await count(work)}

    assert name == "reporting"
    assert service.alarms.keys() <= known


async def test_a_server_that_goes_away_is_not_taken_for_one_without_alarms(
    servers: AdminUrls, monkeypatch: pytest.MonkeyPatch, engine: AsyncEngine
) -> None:
    async def goes_away(work: UnitOfWork) -> dict[str, int]:
        await work.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return {}

    async with engine.connect():  # the database is there
        monkeypatch.setattr(Service, "figures", lambda _: [goes_away])

        with pytest.raises((OSError, asyncpg.PostgresError, *BROKEN)):
            await said(servers)
