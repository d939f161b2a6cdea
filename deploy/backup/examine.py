"""Looks at a restored team before anyone else may: is it whole, and what is in it?

    python -m deploy.backup.examine blackpool

PostgreSQL has come up on the copy in a container without a network; its socket is all that is reached.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg

from deploy.backup.rows import rows_of
from shared.audit.trail import first_tampered_entry
from shared.database.migrations import TABLES, newest
from shared.discovery import of_team
from shared.kernel.postgres import Connection, connected
from shared.tenancy import scram
from shared.tenancy.names import database_name
from shared.tenancy.secret_folder import SecretFolder

SOCKET = "postgresql://postgres@/{database}?host=/var/run/postgresql"
_BESIDE = "SELECT to_regclass('outbox_in_order') IS NOT NULL"
_HOLES = """
    SELECT count(*) FROM relay_state AS state WHERE last_position <> (
        SELECT count(*) FROM outbox_in_order JOIN outbox USING (seq, audience) WHERE audience = state.audience)
"""
_HOLES_WITHIN = """
    SELECT count(*) FROM relay_state AS state WHERE last_position <> (
        SELECT count(*) FROM outbox WHERE outbox.audience = state.audience AND position IS NOT NULL)
"""
"""A copy of the version before has positions in the outbox."""


async def main(team: str) -> int:
    """1 when something is wrong with it."""
    wrong = 0
    async with connected(SOCKET.format(database="postgres")) as connection:
        await adopt(connection)
    for service in of_team():
        async with connected(SOCKET.format(database=database_name(team, service.name))) as connection:
            rows = sum((await rows_of(connection)).values())
            latest = await connection.fetchval("SELECT max(occurred_at) FROM outbox")
            sys.stdout.write(f"{service.name}: {rows} rows, the last event of {latest or 'no time: there is none'}\n")
            async for sentence in _troubles(connection, service.name):
                sys.stdout.write(f"{service.name}: {sentence}\n")
                wrong = 1
    return wrong


async def adopt(connection: Connection) -> None:
    """The operator's password is that of this machine, and not the one of when the copy was made."""
    password = SecretFolder(Path("/secrets/made")).secret("postgres")
    await connection.execute(f"ALTER ROLE postgres PASSWORD '{scram.verifier(password)}'")


async def _troubles(connection: Connection, service: str) -> AsyncIterator[str]:
    entry = await first_tampered_entry(connection)
    if entry is not None:
        yield f"entry {entry} of the audit trail was tampered with"
    if await connection.fetchval(_HOLES if await connection.fetchval(_BESIDE) else _HOLES_WITHIN):
        yield "an event is missing from the outbox"
    [row] = await connection.fetch(TABLES)
    if row[0] > newest(service):
        yield f"its tables are of a later version ({row[0]}): name that one in PAIRS_VERSION"


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main(sys.argv[1])))
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(f"It cannot be read: {error}")
