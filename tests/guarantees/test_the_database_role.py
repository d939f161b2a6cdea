"""What a service's own role cannot do in its own database."""

import asyncpg
import pytest

from tests.guarantees.spine import Spine


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox",
        "TRUNCATE outbox",
        "DROP TABLE outbox",
        "UPDATE outbox SET body = '{}'",
        "UPDATE outbox SET type = 'x'",
        "DELETE FROM outbox_waiting",
        "INSERT INTO outbox_waiting VALUES (1, 'team')",
        "UPDATE outbox_order SET seqs = '{1}'",
        "DELETE FROM outbox_order",
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
        "CREATE OR REPLACE FUNCTION audit_verify(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT NULL::bigint'",
    ],
)
async def test_the_services_role_is_refused(spine: Spine, statement: str) -> None:
    connection = await asyncpg.connect(spine.team_database)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)
    await connection.close()
