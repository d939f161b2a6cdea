"""Run several SQL statements at once in a migration: `op.execute` prepares, and a prepared statement is only one."""

from alembic import op
from sqlalchemy.util import await_only


def execute_script(sql: str) -> None:
    """Run the statements in the migration's transaction, as they are: no parameters."""
    asyncpg_connection = op.get_bind().connection.driver_connection
    assert asyncpg_connection is not None  # noqa: S101
    await_only(asyncpg_connection.execute(sql))
