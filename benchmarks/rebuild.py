"""All fact tables made anew from the log, as `pairs rebuild` does, while the old ones serve."""

import time
from datetime import UTC, datetime

from benchmarks.installation import STREAM, TEAM, Installation
from benchmarks.sample import bodies, new_uuid
from services.reporting.contents import SERVICE
from services.reporting.facts.database.rebuild import rebuild
from shared.kernel.postgres import connected


async def fill_log(installation: Installation, events: int) -> None:
    """Put events into the log, and none into the fact tables."""
    now = datetime.now(UTC)
    await installation.empty()
    async with connected(installation.admin_of("reporting")) as connection:
        await connection.copy_records_to_table(
            "event_log",
            records=(
                (STREAM.key, position, 1, TEAM, new_uuid(), str(new_uuid()), kind, body, now, now)
                for position, (kind, body) in enumerate(bodies(events), 1)
            ),
        )
        await connection.execute(
            "INSERT INTO checkpoint (stream, team, service, epoch, position) VALUES ($1, $2, 'referral', 1, $3)",
            STREAM.key,
            TEAM,
            events,
        )
        await connection.execute("VACUUM ANALYZE event_log")
    await installation.settle()


async def rebuilt(installation: Installation, events: int) -> float:
    """Events a second; the log is filled already."""
    start = time.monotonic()
    await rebuild(installation.admin_of("reporting"), SERVICE.reactions(), lambda *_: None)
    took = time.monotonic() - start
    await installation.must_have(events)
    return events / took
