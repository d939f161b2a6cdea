"""Waits until all that was committed up to now is on the shelf.

python -m deploy.backup.drain
"""

import asyncio
import sys
import time

from deploy.backup.places import DATABASE, SPOOL
from shared.kernel.clock import machine_stopwatch
from shared.kernel.postgres import connected

SECONDS = 60


def main() -> None:
    """Raises TimeoutError after a minute."""
    until = machine_stopwatch() + SECONDS
    wanted = asyncio.run(_ask("SELECT pg_walfile_name(pg_switch_wal())"))
    while asyncio.run(_ask("SELECT last_archived_wal FROM pg_stat_archiver")) < wanted or _waiting():
        if machine_stopwatch() > until:
            raise TimeoutError
        time.sleep(0.2)


async def _ask(question: str) -> str:
    async with connected(DATABASE) as connection:
        return await connection.fetchval(question) or ""


def _waiting() -> bool:
    return any((SPOOL / "wal").glob("[!.]*"))


if __name__ == "__main__":
    try:
        main()
    except (OSError, TimeoutError) as error:
        sys.exit(f"What was committed last is not on the shelf: {type(error).__name__}")
