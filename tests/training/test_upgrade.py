"""What the version before writes while the tables are expanded is found when the upgrade is finished."""

from uuid import UUID

import asyncpg

from services.training.database.person_names import with_names
from shared.database.migrations import head, upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService

KNOWN, RENAMED, NEW = UUID(int=51), UUID(int=52), UUID(int=53)


async def add(connection: asyncpg.Connection, who: UUID, given_name: str, family_name: str) -> None:
    into = "person (id, version, given_name, family_name, earlier_names, email)"
    await connection.execute(f"INSERT INTO {into} VALUES ($1, 1, $2, $3, '{{}}', '')", who, given_name, family_name)


async def test_a_name_that_older_code_writes_while_tables_are_expanded_is_found_when_the_upgrade_is_finished(
    servers: AdminUrls, fresh_service: FreshService, a_team: str
) -> None:
    # No service of this name has migrations, so its database is empty and takes the training service's.
    access, database = await fresh_service(a_team, "archive"), database_name(a_team, "archive")
    await upgrade(servers.postgres, "training", database, to="0008")
    async with connected(access.database_url) as older:
        await add(older, KNOWN, "Zoë", "Example")
        await add(older, RENAMED, "Ida", "Sample")
        await upgrade(servers.postgres, "training", database, to=head("training"), while_serving=True)
        filled = [dict(row) for row in await older.fetch("SELECT * FROM person")]
        renamed = "UPDATE person SET family_name = 'Specimen', earlier_names = '{Ida Sample}' WHERE id = $1"
        await older.execute(renamed, RENAMED)
        await add(older, NEW, "Mia", "Test")
        await upgrade(servers.postgres, "training", database)
        finished = [dict(row) for row in await older.fetch("SELECT * FROM person ORDER BY id")]

    assert {row["id"] for row in filled} == {KNOWN, RENAMED}
    assert [row["family_name"] for row in finished] == ["Example", "Specimen", "Test"]
    assert [row for row in [*filled, *finished] if with_names(row) != row] == []
