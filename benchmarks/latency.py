"""From just before the writer's transaction is sent, to after the commit of the region's projection.

A transaction writes both rows of one event, as the unit of work does, on one of eight connections. The figure
includes both commits to disk, the relay and the reader.
"""

import asyncio
import statistics
import time
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from benchmarks.chain_drain import BOTH
from benchmarks.installation import TEAM, Installation
from benchmarks.parts import reader, relay
from benchmarks.process import Control, Part
from benchmarks.sample import OUTBOX_COLUMNS, outbox_rows

_VALUES = ", ".join(f"${number}" for number in range(1, 2 * len(OUTBOX_COLUMNS) + 1))
_ONE = len(_VALUES.split(", ")) // 2
INSERT = (
    f"INSERT INTO outbox ({', '.join(OUTBOX_COLUMNS)}) VALUES "
    f"({', '.join(_VALUES.split(', ')[:_ONE])}), ({', '.join(_VALUES.split(', ')[_ONE:])})"
)


class Latency(NamedTuple):
    """Milliseconds, over `events` events."""

    p50: float
    p99: float
    events: int
    commit_p50: float = 0
    """Of the writer's own transaction alone: what a commit to this disk takes, beside everything else that runs."""
    commit_p99: float = 0


async def latency(installation: Installation, *, per_second: int, seconds: float) -> Latency:
    """Write at a steady rate, with relay and reader running."""
    await installation.empty()
    await installation.settle()
    region, team = installation.region, installation.team
    reading = await Part.start(reader, region.database_url, region.redis_url, 1, True)
    relaying = await Part.start(relay, team.database_url, team.redis_url, TEAM)
    writing = await Part.start(writer, team.database_url, per_second, seconds)
    reading.go()
    relaying.go()
    await asyncio.sleep(1)
    writing.go()
    written: dict[str, tuple[float, float]] = (await writing.end()).result
    await asyncio.sleep(1.5)
    await relaying.stop()
    stored: dict[str, float] = (await reading.stop()).result
    await installation.must_have(len(written))
    found = of_times({subject: begun for subject, (begun, _) in written.items()}, stored)
    commits = sorted(1000 * (done - begun) for begun, done in written.values())
    return found._replace(commit_p50=statistics.median(commits), commit_p99=commits[int(len(commits) * 0.99)])


def of_times(sent: dict[str, float], stored: dict[str, float]) -> Latency:
    """Compare two records of moments, by subject."""
    took = sorted(stored[subject] - moment for subject, moment in sent.items())
    return Latency(statistics.median(took) * 1000, took[min(len(took) - 1, int(len(took) * 0.99))] * 1000, len(took))


async def writer(
    control: Control, database_url: str, per_second: int, seconds: float
) -> dict[str, tuple[float, float]]:
    """Commit events at a steady rate; when each, by the region's subject, was about to be sent, and was committed."""
    pool = await asyncpg.create_pool(database_url, min_size=8, max_size=8)
    rows = list(outbox_rows(int(per_second * seconds), audiences=BOTH))
    written: dict[str, tuple[float, float]] = {}
    await control.ready()
    start = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        for number, (for_team, for_region) in enumerate(zip(rows[::2], rows[1::2], strict=True)):
            await asyncio.sleep(max(0.0, start + number / per_second - time.monotonic()))
            tasks.create_task(_write(pool, for_team, for_region, written))
    await pool.close()
    return written


async def _write(
    pool: asyncpg.Pool, for_team: tuple[Any, ...], for_region: tuple[Any, ...], written: dict[str, tuple[float, float]]
) -> None:
    subject: UUID = for_region[OUTBOX_COLUMNS.index("subject")]
    async with pool.acquire() as connection:
        begun = time.time()
        await connection.execute(INSERT, *for_team, *for_region)
        written[str(subject)] = begun, time.time()
