"""Take in a batch: the event log, the facts, the dead letters and the checkpoint commit together, or not at all.

That is why an entry has its effect once, however often it is delivered. The checkpoint's row is locked first, so a
second reader of the same stream waits, and then finds that there is nothing left to do.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from shared.contracts.catalogue import Catalogue
from shared.contracts.streams import EntryId, Stream
from shared.inbox.projection import Projection
from shared.inbox.sorting import Entry, Reason, Received, SetAside, Sorted, Stop, raw_of, sort_batch
from shared.kernel.clock import Clock
from shared.kernel.faults import Reached, go_on
from shared.kernel.postgres import Connection

POISON = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)
"""What PostgreSQL says of data that it will never take."""


class Inbox:
    """Takes entries into one service's database.

    Args:
        projections: what facts are made of the events.
        reached: told each step; a test kills the process there.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        projections: Sequence[Projection],
        catalogue: Catalogue,
        *,
        clock: Clock,
        reached: Reached = go_on,
    ) -> None:
        self.pool = pool
        self.catalogue = catalogue
        self.clock = clock
        self._projections = projections
        self._reached = reached

    async def take_in(self, stream: Stream, entries: Sequence[Entry]) -> Sorted:
        """Take in entries of a stream, in their order; how far it got, and what stopped it.

        Raises:
            asyncpg.PostgresError, OSError: nothing of the last transaction was stored; try again.
        """
        while True:
            try:
                result = await self._in_one_transaction(stream, entries)
            except POISON:
                result = await self._one_by_one(stream, entries)
            if result.stop is not Stop.NEW_EPOCH:
                return result
            entries = result.rest

    async def _in_one_transaction(self, stream: Stream, entries: Sequence[Entry]) -> Sorted:
        async with self.pool.acquire() as connection, connection.transaction():
            checkpoint = await lock_checkpoint(connection, stream)
            result = sort_batch(stream, checkpoint, entries, self.catalogue)
            if result.up_to != checkpoint:
                await self._store(connection, stream, result)
        self._reached("stored")
        return result

    async def _one_by_one(self, stream: Stream, entries: Sequence[Entry]) -> Sorted:
        """As above, an entry at a time, so that only the one that cannot be projected is set aside."""
        result, beyond_gap = Sorted(up_to=entries[0].id), None
        for index, entry in enumerate(entries):
            try:
                result = await self._in_one_transaction(stream, [entry])
            except POISON as error:
                result = await self._set_aside(stream, entry, type(error).__name__)
            if result.stop is Stop.PARKED:
                result.rest = entries[index:]
                return result
            if result.beyond_gap or result.received or result.set_aside:
                beyond_gap = result.beyond_gap
        result.stop, result.beyond_gap = Stop.GAP if beyond_gap else None, beyond_gap
        return result

    async def _set_aside(self, stream: Stream, entry: Entry, detail: str) -> Sorted:
        async with self.pool.acquire() as connection, connection.transaction():
            checkpoint = await lock_checkpoint(connection, stream)
            result = sort_batch(stream, checkpoint, [entry], self.catalogue)
            if result.received:  # otherwise another reader was quicker
                result.received, result.set_aside = [], [_failed(entry, detail)]
                await self._store(connection, stream, result)
        return result

    async def _store(self, connection: Connection, stream: Stream, result: Sorted) -> None:
        now = self.clock()
        if result.taken_back_to is not None:
            await self._take_back(connection, stream, result.taken_back_to)
            self._reached("taken_back")
        if result.set_aside:
            await _store_dead_letters(connection, stream, result.set_aside, now)
        if result.received:
            await store_in_log(connection, stream, result.received, now)
            self._reached("logged")
            await self.project(connection, stream, result.received)
            self._reached("projected")
        await _move_checkpoint(connection, stream, result, now)
        await connection.execute("SELECT pg_notify('facts', '')")
        self._reached("about_to_commit")

    async def project(self, connection: Connection, stream: Stream, received: Sequence[Received]) -> None:
        """Make the facts of events that are in the log, and contiguous in it."""
        kinds = {type(item.event) for item in received}
        first, last = received[0].id.position, received[-1].id.position
        for projection in self._projections:
            if projection.event in kinds:
                statement = projection.insert(where="stream = $1 AND position BETWEEN $2 AND $3")
                await connection.execute(statement, stream.key, first, last)

    async def _take_back(self, connection: Connection, stream: Stream, position: int) -> None:
        for table in ("event_log", *(projection.table for projection in self._projections)):
            await connection.execute(
                f"DELETE FROM {table} WHERE stream = $1 AND position >= $2",  # noqa: S608
                stream.key,
                position,
            )
        await connection.execute(
            "UPDATE dead_letter SET resolved_at = $3 WHERE stream = $1 AND position >= $2 AND resolved_at IS NULL",
            stream.key,
            position,
            self.clock(),
        )


def _failed(entry: Entry, detail: str) -> SetAside:
    return SetAside(entry.id, Reason.PROJECTION_FAILED, detail, raw_of(entry))


async def lock_checkpoint(connection: Connection, stream: Stream) -> EntryId:
    """How far the stream was read; nobody else can read on until the transaction ends."""
    row = await connection.fetchrow("SELECT epoch, position FROM checkpoint WHERE stream = $1 FOR UPDATE", stream.key)
    if row is None:
        await connection.execute(
            "INSERT INTO checkpoint (stream, team, service) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            stream.key,
            stream.team,
            stream.service,
        )
        return await lock_checkpoint(connection, stream)
    return EntryId(row["epoch"], row["position"])


async def _move_checkpoint(connection: Connection, stream: Stream, result: Sorted, now: datetime) -> None:
    """A stream that has diverged stays so until it is taken back: that more of it arrives puts nothing right."""
    await connection.execute(
        "UPDATE checkpoint SET epoch = $2, position = $3, updated_at = $4, "
        "state = CASE WHEN state <> 'diverged' OR $5 THEN 'reading' ELSE state END, "
        "state_since = CASE WHEN state = 'reading' OR (state = 'diverged' AND NOT $5) THEN state_since ELSE $4 END "
        "WHERE stream = $1",
        stream.key,
        result.up_to.epoch,
        result.up_to.position,
        now,
        result.taken_back_to is not None,
    )


async def store_in_log(connection: Connection, stream: Stream, received: Sequence[Received], now: datetime) -> None:
    """Add events to the log; COPY is the quickest way that PostgreSQL has."""
    await connection.copy_records_to_table(
        "event_log",
        columns=(
            "stream",
            "position",
            "epoch",
            "team",
            "event_id",
            "subject",
            "type",
            "body",
            "occurred_at",
            "received_at",
        ),
        records=[
            (
                stream.key,
                item.id.position,
                item.id.epoch,
                stream.team,
                item.event_id,
                item.subject,
                item.event.type,
                item.event.model_dump_json(),
                item.time,
                now,
            )
            for item in received
        ],
    )


async def _store_dead_letters(
    connection: Connection, stream: Stream, letters: Sequence[SetAside], now: datetime
) -> None:
    await connection.executemany(
        "INSERT INTO dead_letter (stream, epoch, position, reason, detail, raw, failed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [
            (stream.key, item.id.epoch, item.id.position, item.reason.value, item.detail, item.raw, now)
            for item in letters
        ],
    )
