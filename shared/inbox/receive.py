"""Take in a batch: what the events do, the dead letters and the checkpoint commit together, or not at all.

That is why an entry has its effect once, however often it is delivered. The checkpoint's row is locked first, so a
second reader of the same stream waits, and then finds that there is nothing left to do.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import asyncpg
import structlog

from shared.contracts.catalogue import Catalogue
from shared.contracts.streams import EntryId, Stream
from shared.inbox.entry import Entry, Read, SetAside, raw_of, read_entries
from shared.inbox.sink import Sink, Taking
from shared.inbox.sorting import Sorted, Stop, sort_batch
from shared.kernel.clock import Clock
from shared.kernel.faults import Reached, go_on
from shared.kernel.postgres import Connection

log = structlog.get_logger()


class Inbox:
    """Takes entries into one service's database.

    Args:
        pool: of that database.
        sink: what the events do.
        reached: told each step; a test kills the process there.
    """

    def __init__(
        self, pool: asyncpg.Pool, sink: Sink, catalogue: Catalogue, *, clock: Clock, reached: Reached = go_on
    ) -> None:
        self.pool = pool
        self.sink = sink
        self.catalogue = catalogue
        self.clock = clock
        self._reached = reached

    def read(self, stream: Stream, entries: Iterable[Entry]) -> list[Read]:
        """What the entries of a stream are; nothing is done with them."""
        return read_entries(stream, entries, self.catalogue)

    async def take_in(self, stream: Stream, entries: Sequence[Read]) -> Sorted:
        """Take in entries of a stream, in their order; how far it got, and what stopped it.

        Raises:
            Exception: whatever the sink does not hold against an event. Nothing of the last transaction was stored;
                try again.
        """
        while True:
            try:
                result = await self._in_one_transaction(stream, entries)
            except Exception as error:
                if self.sink.fault(error) is None:
                    raise
                result = await self._one_by_one(stream, entries)
            if result.stop is not Stop.NEW_EPOCH:
                return result
            entries = result.rest

    async def _in_one_transaction(self, stream: Stream, entries: Sequence[Read]) -> Sorted:
        async with self.sink.begin() as taking:
            checkpoint = await lock_checkpoint(taking.connection, stream)
            result = sort_batch(checkpoint, entries)
            if result.up_to != checkpoint:
                await self._store(taking, stream, result)
        self._reached("stored")
        return result

    async def _one_by_one(self, stream: Stream, entries: Sequence[Read]) -> Sorted:
        """As above, an entry at a time, so that only the one that cannot be taken is set aside."""
        result, beyond_gap = Sorted(up_to=entries[0].entry.id), None
        set_aside: list[SetAside] = []
        for index, read in enumerate(entries):
            try:
                result = await self._in_one_transaction(stream, [read])
            except Exception as error:
                if (fault := self.sink.fault(error)) is None:
                    raise
                log.exception("entry_cannot_be_taken", stream=stream.key, entry=str(read.entry.id))
                result = await self._set_aside(stream, read, fault)
            set_aside += result.set_aside
            if result.stop is Stop.PARKED:
                result.rest = entries[index:]
                break
            if result.beyond_gap or result.received or result.set_aside:
                beyond_gap = result.beyond_gap
        else:
            result.stop, result.beyond_gap = Stop.GAP if beyond_gap else None, beyond_gap
        result.set_aside = set_aside
        return result

    async def _set_aside(self, stream: Stream, read: Read, detail: str) -> Sorted:
        async with self.sink.begin() as taking:
            checkpoint = await lock_checkpoint(taking.connection, stream)
            result = sort_batch(checkpoint, [read])
            if result.received:  # otherwise another reader was quicker
                letter = SetAside(read.entry.id, self.sink.failed, detail, raw_of(read.entry))
                result.received, result.set_aside = [], [letter]
                await self._store(taking, stream, result)
        return result

    async def _store(self, taking: Taking, stream: Stream, result: Sorted) -> None:
        now, connection = self.clock(), taking.connection
        if result.taken_back_to is not None:
            await self._take_back(taking, stream, result.taken_back_to)
            self._reached("taken_back")
        if result.set_aside:
            await _store_dead_letters(connection, stream, result.set_aside, now)
        if result.received:
            await taking.take(stream, result.received, now)
        await _move_checkpoint(connection, stream, result, now)
        self._reached("about_to_commit")

    async def _take_back(self, taking: Taking, stream: Stream, position: int) -> None:
        await taking.take_back(stream, position)
        await taking.connection.execute(
            "UPDATE dead_letter SET resolved_at = $3 WHERE stream = $1 AND position >= $2 AND resolved_at IS NULL",
            stream.key,
            position,
            self.clock(),
        )


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
    """A stream that has diverged stays so until it is taken back: that more of it arrives puts nothing right.

    Whoever waits for facts is told when it commits, by the same statement.
    """
    await connection.execute(
        "UPDATE checkpoint SET epoch = $2, position = $3, updated_at = $4, "
        "state = CASE WHEN state IN ('reading', 'left') OR (state = 'diverged' AND NOT $5) "
        "THEN state ELSE 'reading' END, "
        "state_since = CASE WHEN state IN ('reading', 'left') OR (state = 'diverged' AND NOT $5) "
        "THEN state_since ELSE $4 END "
        "WHERE stream = $1 RETURNING pg_notify('facts', '')",
        stream.key,
        result.up_to.epoch,
        result.up_to.position,
        now,
        result.taken_back_to is not None,
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
