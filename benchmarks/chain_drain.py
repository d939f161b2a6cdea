"""Events that are committed in the outbox, until all of them are projected: relay and reader side by side."""

import asyncio
import time

from benchmarks.installation import TEAM, Installation
from benchmarks.parts import reader, relay
from benchmarks.process import Ended, Part
from shared.kernel.postgres import connected

BOTH = ("team", "region")
REGION_ONLY = ("region",)


async def chain_drain(installation: Installation, events: int, *, audiences: tuple[str, ...]) -> float:
    """Events a second."""
    rate, _, _ = await drained(installation, events, audiences=audiences)
    return rate


async def drained(installation: Installation, events: int, *, audiences: tuple[str, ...]) -> tuple[float, Ended, Ended]:
    """Events a second, and what relay and reader took."""
    await installation.empty()
    await installation.fill_outbox(events, audiences=audiences)
    region, team = installation.region, installation.team
    reading = await Part.start(reader, region.database_url, region.redis_url, 1, False)
    relaying = await Part.start(relay, team.database_url, team.redis_url, TEAM)
    start = time.monotonic()
    reading.go()
    relaying.go()
    took = await until_logged(installation, events) - start
    ends = await relaying.stop(), await reading.stop()
    await installation.must_have(events)
    return events / took, *ends


async def until_logged(installation: Installation, events: int) -> float:
    """The moment when the log has all events; looks 50 times a second at the checkpoints."""
    async with connected(installation.admin_of("reporting")) as connection:
        while (await connection.fetchval("SELECT sum(position) FROM checkpoint") or 0) < events:
            await asyncio.sleep(0.02)
    return time.monotonic()
