"""The tables as they are declared, and as migrations make them: each service's own, and those that `shared` brings."""

import pkgutil
from importlib import import_module
from types import ModuleType

import pytest
from sqlalchemy import Connection, MetaData, Table, inspect

import services
import shared
from shared.database.engines import create_engine
from shared.database.tables import metadata as of_shared
from shared.testing.servers import FreshService

SERVICES = sorted(module.name for module in pkgutil.iter_modules(services.__path__))


def modules_below(package: ModuleType) -> list[ModuleType]:
    """Those that declare tables."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [import_module(module.name) for module in found if module.name.endswith("tables")]


def declared_below(package: ModuleType) -> dict[str, Table]:
    tables = [value for module in modules_below(package) for value in vars(module).values() if isinstance(value, Table)]
    return {table.name: table for table in tables}


def metadata_of(service: str) -> MetaData:
    return import_module(f"services.{service}.metadata").metadata


@pytest.mark.parametrize("service", SERVICES)
def test_what_iterates_over_a_services_tables_sees_those_that_it_declares_and_no_others(service: str) -> None:
    declared = declared_below(import_module(f"services.{service}"))

    assert len(declared) > 2
    assert metadata_of(service).tables == declared


def test_no_service_puts_a_table_among_those_that_every_service_has() -> None:
    for service in SERVICES:
        modules_below(import_module(f"services.{service}"))

    assert of_shared.tables == declared_below(shared)


@pytest.mark.parametrize("service", SERVICES)
async def test_each_declared_column_is_in_the_database_and_no_other(
    service: str, fresh_service: FreshService, a_team: str
) -> None:
    tables = declared_below(import_module(f"services.{service}"))
    engine = create_engine((await fresh_service(a_team, service)).database_url)
    async with engine.connect() as connection:
        made = await connection.run_sync(_columns)
    await engine.dispose()

    declared_below(shared)
    declared = tables | {name: table for name, table in of_shared.tables.items() if name in made}
    assert {name: made[name] for name in declared} == {name: _declared(table) for name, table in declared.items()}


def _declared(table: Table) -> dict[str, bool]:
    return {column.name: column.primary_key or not column.nullable for column in table.columns}


def _columns(connection: Connection) -> dict[str, dict[str, bool]]:
    """Table → column → whether it must have a value."""
    inspector = inspect(connection)
    return {
        name: {column["name"]: not column["nullable"] for column in inspector.get_columns(name)}
        for name in inspector.get_table_names()
    }
