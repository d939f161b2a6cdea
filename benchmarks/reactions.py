"""A team's service reacts: consultation hears of each family that referral recorded.

A backlog is on the stream, as referral's relay would have written it; the reactions, their unit of work and the reader
are those that are shipped.
"""

import asyncio
import logging
import time
from datetime import UTC, datetime

from faststream.redis import RedisBroker

from benchmarks.installation import TEAM, Installation
from benchmarks.process import Control, Part
from benchmarks.sample import TRACEPARENT, new_uuid
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import Envelope
from shared.contracts.family import FamilyRecorded
from shared.contracts.streams import Audience, EntryId, Stream
from shared.database.engines import create_engine
from shared.discovery import service
from shared.inbox.reactions import Reactions
from shared.inbox.reader import MOST_STREAMS, Reader
from shared.inbox.receive import Inbox
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import connected, pooled
from shared.streams.connection import connect, send_all
from shared.unit_of_work import UnitOfWork, UnitsOfWork

HEARD, HEARS = "referral", "consultation"
STREAM = Stream(TEAM, HEARD, Audience.TEAM)


async def reacted(installation: Installation, events: int) -> tuple[float, float]:
    """Events a second, and microseconds of the service's processor time for each."""
    await installation.empty()
    async with connected(installation.admin_of(HEARS)) as connection:
        await connection.execute("TRUNCATE inbox, checkpoint, family CASCADE")
        async with connect(installation.admin.redis) as redis:
            await send_all(redis, [_command(position) for position in range(1, events + 1)])
        await installation.settle()
        reading = await Part.start(
            reacting, installation.consultation.database_url, installation.consultation.redis_url
        )
        start = time.monotonic()
        reading.go()
        while (await connection.fetchval("SELECT sum(position) FROM checkpoint") or 0) < events:
            await asyncio.sleep(0.02)
        took = time.monotonic() - start
        ended = await reading.stop()
        if await connection.fetchval("SELECT count(*) FROM family") != events:
            raise AssertionError("not every event had its effect")
    return events / took, ended.cpu_seconds / events * 1e6


def _command(position: int) -> tuple[str, ...]:
    event = FamilyRecorded(family_id=new_uuid(), reference_year=2026, reference_number=1 + position % 9999)
    envelope = Envelope(
        new_uuid(),
        event.type,
        STREAM.source,
        str(event.family_id),
        datetime.now(UTC),
        TRACEPARENT,
        event.model_dump_json(),
    )
    fields = [part for pair in envelope.fields().items() for part in pair]
    return ("XADD", STREAM.key, str(EntryId(1, position)), *fields)


async def reacting(control: Control, database_url: str, redis_url: str) -> None:
    """What a consultation service does beside its pages."""
    engine = create_engine(database_url)
    units = UnitsOfWork(engine, UnitOfWork, region_key=bytes(32), clock=machine_clock)
    sink = Reactions(units, {HEARD: service(HEARS).reactions(HEARD)})
    broker = RedisBroker(redis_url, max_connections=MOST_STREAMS + 10, apply_types=False, log_level=logging.DEBUG)
    async with pooled(database_url) as pool, connect(redis_url) as redis:
        await control.ready()
        async with Reader(broker, redis, Inbox(pool, sink, CATALOGUE, clock=machine_clock), [STREAM]).running():
            await control.stopped()
    await engine.dispose()
