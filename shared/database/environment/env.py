"""Runs one service's migrations on the connection that `shared.database.migrations` hands over.

All in one transaction, as the owner of the database, one process at a time: killed half way, nothing has happened.
"""

from alembic import context
from sqlalchemy import Connection, text

LOCK = 0x6D69677261746573
"""Advisory lock in the service's own database."""


def _run(connection: Connection, database: str, owner: str, oldest_code: str) -> None:
    context.configure(connection=connection)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(text(f'SET LOCAL ROLE "{owner}"'))
        # Whoever comes after us to a table waits behind us, while we wait for one long transaction.
        connection.execute(text("SET LOCAL lock_timeout = '3s'"))
        context.run_migrations()
        connection.execute(text("ALTER TABLE alembic_version ADD COLUMN IF NOT EXISTS oldest_code text"))
        connection.execute(
            text("UPDATE alembic_version SET oldest_code = greatest(oldest_code, :code)"), {"code": oldest_code}
        )
        connection.execute(text(f'REVOKE INSERT, UPDATE ON alembic_version FROM "{database}"'))


_run(**context.config.attributes)
