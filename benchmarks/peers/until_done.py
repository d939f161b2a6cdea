"""Wait until the region's log holds what a peer was given."""

import asyncio
import time

from benchmarks.installation import Installation, NotTheSameWork
from shared.kernel.postgres import connected

PATIENCE_SECONDS = 180


async def until_done(installation: Installation, events: int, start: float) -> float:
    """Events a second since `start`; looks ten times a second. Checks what came out."""
    async with connected(installation.admin_of("reporting")) as connection:
        while await connection.fetchval("SELECT count(*) FROM event_log") < events:
            if time.monotonic() - start > PATIENCE_SECONDS:
                raise NotTheSameWork("not done in time")
            await asyncio.sleep(0.1)
    took = time.monotonic() - start
    await installation.must_have(events)
    return events / took
