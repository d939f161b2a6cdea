"""What a service's own role cannot do in its own database, and what shows when somebody mightier did it."""

from uuid import UUID

import asyncpg
import pytest

from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees.spine import Spine

ACTOR = UUID(int=7)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox",
        "TRUNCATE outbox",
        "DROP TABLE outbox",
        "UPDATE outbox SET body = '{}'",
        "UPDATE outbox SET type = 'x'",
        "ALTER TABLE outbox DISABLE TRIGGER outbox_wake",
        "DELETE FROM relay_state",
        "INSERT INTO audit VALUES (1, now(), gen_random_uuid(), 'x', NULL, '', '')",
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "UPDATE audit_head SET number = 0",
        "DELETE FROM audit_head",
        "DELETE FROM referral",
        "DELETE FROM episode",
        "CREATE TABLE mine (x int)",
        "CREATE OR REPLACE FUNCTION audit_verify() RETURNS bigint LANGUAGE sql AS 'SELECT NULL::bigint'",
    ],
)
async def test_the_services_role_is_refused(spine: Spine, statement: str) -> None:
    connection = await asyncpg.connect(spine.team_database)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)
    await connection.close()


async def test_what_an_owner_changed_removed_or_cut_off_shows_in_the_audit_trail(
    spine: Spine, servers: AdminUrls
) -> None:
    connection = await asyncpg.connect(spine.team_database)
    for number in range(1, 7):
        assert await connection.fetchval("SELECT audit_add(now(), $1, 'family.read', NULL)", ACTOR) == number
    owner = await asyncpg.connect(url_of(servers.postgres, database=spine.team_database.rsplit("/", 1)[-1]))

    async def first_tampered_after(statement: str) -> int | None:
        transaction = owner.transaction()
        await transaction.start()
        await owner.execute(statement)
        found = await owner.fetchval("SELECT audit_verify()")
        await transaction.rollback()
        return found

    assert await connection.fetchval("SELECT audit_verify()") is None
    assert await first_tampered_after("UPDATE audit SET action = 'nothing' WHERE number = 3") == 3
    assert await first_tampered_after("UPDATE audit SET at = at + interval '1 hour' WHERE number = 4") == 4
    assert await first_tampered_after("DELETE FROM audit WHERE number = 2") == 3
    assert await first_tampered_after("DELETE FROM audit WHERE number > 4") == 6
    await owner.close()
    await connection.close()
