"""Listen to the heartbeats: how old the data is, how far behind a reader is, and whether a tail was lost.

A stream is lost when its head has been ahead of the checkpoint for a whole beat while its reader waited with nothing in
its hands, although Redis says that it once had those entries. It is read again, and what is still missing a beat later
is asked for. A reader is slow when it still has entries in its hands: however long it takes to store them, nothing is
missing, and to read or to send them again would only make it slower (one that does nothing any more ends its process,
by its pulse). A head that is behind what was read belongs to a database that was restored to the past without
`pairs team restored`: that is an alarm.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import asyncpg
import structlog
from redis.asyncio import Redis

from shared.contracts.streams import EntryId, Stream
from shared.inbox.stream_reader import StreamReader
from shared.streams.heartbeat import Heartbeat, listen
from shared.streams.top import top_of

log = structlog.get_logger()


class Finding(StrEnum):
    """What two heartbeats in a row say of a stream."""

    WELL = "well"
    TAIL_LOST = "tail_lost"
    DIVERGED = "diverged"


class Seen(NamedTuple):
    """What was known of a stream at one tick."""

    heartbeat: Heartbeat
    checkpoint: EntryId
    waits: bool = True
    """Whether its reader had stored all that it was given."""


def judge(before: Seen | None, now: Seen) -> Finding:
    """Compare two ticks. Pure.

    A heartbeat may be older than the checkpoint beside it: only one that came after the checkpoint moved counts. So the
    checkpoint of a tick must be read before its heartbeat. A tail is lost only if the reader waited at both: otherwise
    it is slow, and what the head names is in its hands or behind what is.
    """
    if before is None or before.checkpoint != now.checkpoint or before.heartbeat.beat == now.heartbeat.beat:
        return Finding.WELL
    if before.heartbeat.head > now.checkpoint:
        return Finding.TAIL_LOST if before.waits and now.waits else Finding.WELL
    if now.heartbeat.head < now.checkpoint:
        return Finding.DIVERGED
    return Finding.WELL


class Heartbeats:
    """Ticks over all streams that a service reads."""

    def __init__(self, redis: Redis, pool: asyncpg.Pool) -> None:
        self._redis = redis
        self._pool = pool
        self._seen: dict[Stream, Seen] = {}

    async def tick(self, readers: Mapping[Stream, StreamReader]) -> Mapping[Stream, Heartbeat]:
        """Listen once, note what was heard, and act on what it means; gives what was heard."""
        readers = dict(readers)  # teams come and go meanwhile
        checkpoints = await self._checkpoints()
        heard = await listen(self._redis, list(readers))
        await self._note(heard)
        for stream, heartbeat in heard.items():
            if stream.key not in checkpoints:
                continue
            now = Seen(heartbeat, checkpoints[stream.key], readers[stream].waits)
            before = self._seen.get(stream)
            finding = judge(before, now)
            if before is None or before.heartbeat.beat != heartbeat.beat or before.checkpoint != now.checkpoint:
                self._seen[stream] = now
            if finding is Finding.TAIL_LOST:
                await self._ask_again(readers[stream], now)
            elif finding is Finding.DIVERGED:
                await self._alarm(stream)
        return heard

    async def _checkpoints(self) -> dict[str, EntryId]:
        rows = await self._pool.fetch("SELECT stream, epoch, position FROM checkpoint")
        return {row["stream"]: EntryId(row["epoch"], row["position"]) for row in rows}

    async def _note(self, heard: Mapping[Stream, Heartbeat]) -> None:
        """Keep the heads that were heard."""
        await self._pool.execute(
            "UPDATE checkpoint SET head_epoch = heard.epoch, head_position = heard.position, "
            "heard_at = CASE WHEN heard.beat IS DISTINCT FROM checkpoint.last_beat THEN now() ELSE heard_at END, "
            "last_beat = heard.beat "
            "FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::text[]) AS heard (stream, epoch, position, beat) "
            "WHERE checkpoint.stream = heard.stream",
            [stream.key for stream in heard],
            [heartbeat.head.epoch for heartbeat in heard.values()],
            [heartbeat.head.position for heartbeat in heard.values()],
            [heartbeat.beat for heartbeat in heard.values()],
        )

    async def _ask_again(self, reader: StreamReader, now: Seen) -> None:
        top = await top_of(self._redis, reader.stream)
        if top >= now.heartbeat.head:  # otherwise the relay is still filling up a Redis that lost its data
            self._seen.pop(reader.stream)
            await reader.miss(now.checkpoint, now.heartbeat.head.epoch)
            reader.restart()  # what FastStream has in memory may be beyond all that will come

    async def _alarm(self, stream: Stream) -> None:
        log.error("stream_diverged", stream=stream.key)
        await self._pool.execute(
            "UPDATE checkpoint SET state = 'diverged', state_since = now() "
            "WHERE stream = $1 AND state NOT IN ('diverged', 'left')",
            stream.key,
        )
