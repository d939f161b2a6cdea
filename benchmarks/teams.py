"""One reader and the streams of 1, 10 or 150 teams.

The teams' services are not run: one process writes straight to all their streams what their relays would write. What
is measured is therefore Redis and the reader with its database, not 150 relays.
"""

import asyncio
import time
from datetime import UTC, datetime
from typing import NamedTuple

from benchmarks.chain_drain import until_logged
from benchmarks.installation import Installation, team_name
from benchmarks.latency import Latency, of_times
from benchmarks.parts import reader
from benchmarks.process import Control, Part
from benchmarks.sample import TRACEPARENT, bodies, new_uuid
from shared.contracts.envelope import Envelope
from shared.contracts.streams import Audience, EntryId, Stream
from shared.streams.connection import connect, send_all

PER_SECOND = 500
BURST = 500


class Figures(NamedTuple):
    """What one reader did."""

    drained_per_second: float
    latency: Latency
    cpu_share: float
    """Of one core, at 500 events a second over all teams."""
    memory_mib: float


async def teams(installation: Installation, number: int, *, events: int, seconds: float) -> Figures:
    """First as many as it can take, then 500 events a second spread over the teams."""
    burst, _, _, _ = await _read(installation, number, events=events, per_second=0)
    _, latency, cpu_share, memory = await _read(
        installation, number, events=int(PER_SECOND * seconds), per_second=PER_SECOND
    )
    return Figures(burst, latency, cpu_share, memory)


async def _read(
    installation: Installation, number: int, *, events: int, per_second: int
) -> tuple[float, Latency, float, float]:
    await installation.empty(teams=number)
    await installation.settle()
    region = installation.region
    reading = await Part.start(reader, region.database_url, region.redis_url, number, per_second > 0)
    publishing = await Part.start(publisher, installation.admin.redis, number, events, per_second)
    start = time.monotonic()
    reading.go()
    publishing.go()
    took = await until_logged(installation, events) - start
    sent: dict[str, float] = (await publishing.end()).result
    ended = await reading.stop()
    await installation.must_have(events)
    latency = of_times(sent, ended.result) if per_second else Latency(0, 0, 0)
    return events / took, latency, ended.cpu_seconds / ended.wall_seconds, ended.peak_memory_mib


async def publisher(control: Control, redis_url: str, number: int, events: int, per_second: int) -> dict[str, float]:
    """Write to all streams in turn; when each event, by its subject, was sent."""
    streams = [Stream(team_name(which), "referral", Audience.REGION) for which in range(number)]
    now = datetime.now(UTC)
    commands: list[tuple[str, tuple[str, ...]]] = []
    for index, (kind, body) in enumerate(bodies(events)):
        stream, subject = streams[index % number], str(new_uuid())
        envelope = Envelope(new_uuid(), kind, stream.source, subject, now, TRACEPARENT, body)
        fields = [part for pair in envelope.fields().items() for part in pair]
        commands.append((subject, ("XADD", stream.key, str(EntryId(1, index // number + 1)), *fields)))
    sent: dict[str, float] = {}
    async with connect(redis_url) as redis:
        await control.ready()
        start, size = time.monotonic(), 1 if per_second else BURST
        for first in range(0, events, size):
            if per_second:
                await asyncio.sleep(max(0.0, start + first / per_second - time.monotonic()))
            batch = commands[first : first + size]
            sent.update((subject, time.time()) for subject, _ in batch)
            await send_all(redis, [command for _, command in batch])
    return sent
