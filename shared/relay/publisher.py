"""Put rows of the outbox onto one Redis stream, under ids that make a second copy impossible.

The id of an entry is `<epoch>-<position>`. Redis refuses an id that is equal to or smaller than one that it has seen,
even after the entry was trimmed: that refusal, and no other error, means "already there". How far Redis got is asked of
Redis itself (`last-generated-id`), so a Redis that lost everything, or some of it, is filled up again.
"""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.contracts.envelope import Envelope
from shared.contracts.streams import BEGINNING, EntryId, Stream
from shared.relay.positions import State
from shared.streams.connection import send_all


class RedisIsAhead(Exception):
    """Redis has entries that the database has not: the database was restored to the past.

    Nothing is published until `pairs team restored` has raised the epoch; otherwise Redis would take new events for
    copies of the lost ones and refuse them in silence.
    """


def published_up_to(top: EntryId, state: State) -> int:
    """The position up to which nothing must be sent (again).

    Raises:
        RedisIsAhead: Redis has entries that the outbox has not.
    """
    if top > state.head:
        raise RedisIsAhead
    if top.history != state.head.history:
        return 0  # what Redis has of an earlier history may never have happened
    if top == BEGINNING or top.epoch == state.epoch:
        return top.position
    return min(state.first_position - 1, top.position)


class StreamLost(Exception):
    """Redis had this stream and has it no longer; it must be filled up from the first entry."""


class Batch(NamedTuple):
    """Rows that follow each other on one stream."""

    stream: Stream
    epoch: int
    rows: Sequence[asyncpg.Record]


async def publish(redis: Redis, batches: Sequence[Batch]) -> None:
    """Send rows, in order, in one round trip. Only position 1 may begin a stream.

    Raises:
        StreamLost: these rows do not begin a stream, and Redis has none.
        redis.exceptions.RedisError: an entry was not taken for another reason than that it is there.
    """
    commands = [_command(stream.key, stream.source, epoch, row) for stream, epoch, rows in batches for row in rows]
    for answer in await send_all(redis, commands):
        if isinstance(answer, Exception) and not _is_already_there(answer):
            raise answer
        if answer is None:
            raise StreamLost


def _command(key: str, source: str, epoch: int, row: asyncpg.Record) -> tuple[str, ...]:
    envelope = Envelope(
        row["event_id"],
        row["type"],
        source,
        str(row["subject"]),
        row["occurred_at"],
        row["traceparent"],
        row["body"],
    )
    begin = () if row["position"] == 1 else ("NOMKSTREAM",)
    fields = [part for pair in envelope.fields().items() for part in pair]
    return ("XADD", key, *begin, str(EntryId(epoch, row["position"])), *fields)


def _is_already_there(answer: Exception) -> bool:
    return isinstance(answer, ResponseError) and "equal or smaller" in str(answer)
