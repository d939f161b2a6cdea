"""The tables as they are declared, and as migrations make them; and what the service may do to them."""

import pkgutil
from importlib import import_module

from sqlalchemy import Connection, inspect, text

import services.referral.database
from shared.database.tables import metadata
from tests.referral.conftest import ATeam

MODULES = [
    import_module(f"services.referral.database.{module.name}")
    for module in pkgutil.iter_modules(services.referral.database.__path__)
    if module.name.endswith("tables")
]
OURS = [
    table for table in metadata.sorted_tables if any(getattr(module, table.name, None) is table for module in MODULES)
]

DELETABLE = {"api_token", "contact_person", "referral_draft", "web_session"}
KEPT = {"family", "person", "dyad", "contact", "task", "letter", "message"}
FIXED = {
    "api_message",
    "tier_assignment",
    "earlier_version",
    "letter_template",
    "measure_administration",
    "measure_skip",
    "audit",
    "audit_head",
}
"""History: rows are added, and never changed."""


async def test_each_declared_column_is_in_the_database_and_no_other(team: ATeam) -> None:
    async with team.engine.connect() as connection:
        made = await connection.run_sync(_columns)

    declared = {
        table.name: {column.name: column.primary_key or not column.nullable for column in table.columns}
        for table in OURS
    }
    assert len(declared) > 5
    assert {name: made[name] for name in declared} == declared


async def test_the_service_can_delete_only_what_is_meant_to_go(team: ATeam) -> None:
    async with team.engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
        names = [name for (name,) in rows]
        may = {
            right: {name for name in names if await connection.scalar(_ASKS, {"name": name, "right": right})}
            for right in ("DELETE", "TRUNCATE", "UPDATE")
        }

    assert may["DELETE"] >= DELETABLE
    assert may["DELETE"].isdisjoint({"referral", "episode", "outbox", "colleague", *KEPT, *FIXED})
    assert may["TRUNCATE"] == set()
    assert may["UPDATE"].isdisjoint(FIXED)


_ASKS = text("SELECT has_table_privilege(current_user, 'public.' || quote_ident(:name), :right)")


def _columns(connection: Connection) -> dict[str, dict[str, bool]]:
    """Table → column → whether it must have a value."""
    inspector = inspect(connection)
    return {
        name: {column["name"]: not column["nullable"] for column in inspector.get_columns(name)}
        for name in inspector.get_table_names()
    }
