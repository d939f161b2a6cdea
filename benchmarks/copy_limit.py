"""The limit of this machine: COPY of the same rows into a table like the log, in one transaction."""

import time
from datetime import UTC, datetime

from benchmarks.installation import STREAM, TEAM, Installation
from benchmarks.sample import bodies, new_uuid
from shared.kernel.postgres import connected


async def copy_limit(installation: Installation, events: int) -> float:
    """Events a second."""
    now = datetime.now(UTC)
    records = [
        (STREAM.key, position, 1, TEAM, new_uuid(), str(new_uuid()), kind, body, now, now)
        for position, (kind, body) in enumerate(bodies(events), 1)
    ]
    async with connected(installation.admin_of("reporting")) as connection:
        await connection.execute("CREATE TABLE copied (LIKE event_log INCLUDING ALL)")
        await installation.settle()
        start = time.monotonic()
        await connection.copy_records_to_table("copied", records=records)
        took = time.monotonic() - start
        await connection.execute("DROP TABLE copied")
    return events / took
