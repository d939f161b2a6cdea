"""A projection: one SQL statement that makes facts of events.

The same statement makes the facts of the batch that has just come in, and those of the whole log when a projection
is rebuilt, so the two cannot differ. A fact table has the columns `stream`, `position` (together its key), `team` and
`month`, and what else the projection names; facts are only ever added, so that a stream can be taken back to a
position by deleting what came after it.

Whatever adds facts or takes them away marks their months in `dirty_month` in the same transaction: what was counted of
such a month is counted anew. A mark that is there already is set again, so that who counts can tell.
"""

import hashlib
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import asyncpg

from shared.contracts.event import Event, RegionCorrection, RegionEvent
from shared.contracts.streams import Stream
from shared.inbox.entry import Reason, Received
from shared.inbox.sink import POISON, Taking
from shared.kernel.faults import Reached, go_on
from shared.kernel.postgres import Connection

COUNTED_AGAIN = "SET LOCAL synchronous_commit = off"
"""The commit does not wait for the disk: only for a transaction that stores nothing but what is read again.

A server that loses its power forgets the last half second together with how far the reader had come, and that is read
again. Every other transaction waits for the disk, and with it for all that was committed before: also those of the same
reader that nobody repeats (that a team has left, that an audit trail contradicts what was heard of it).
"""
_LOG = ("stream", "position", "epoch", "team", "event_id", "subject", "type", "body", "occurred_at", "received_at")


@dataclass(frozen=True, eq=False)
class Projection:
    """Facts of one kind of event, and of its corrections.

    A correction makes two facts of its one entry: that which was told before, with the `number` -1, and that which
    holds instead, with 1. The table of a kind that can be corrected has `number` in its key; whoever counts adds it up.

    Args:
        event: the class of the events.
        table: the fact table.
        columns: each column's expression over the event log's columns, e.g. `{"month": "(body->>'month')::date"}`.
        corrected_by: the class of the corrections; the columns are those of what they say was, and holds instead.
    """

    event: type[Event | RegionEvent]
    table: str
    columns: Mapping[str, str]
    corrected_by: type[RegionCorrection] | None = None

    @cached_property
    def events(self) -> frozenset[type[Event | RegionEvent]]:
        """What it makes facts of."""
        return frozenset({self.event, self.corrected_by} if self.corrected_by else {self.event})

    def insert(self, *, into: str | None = None, where: str = "true") -> str:
        """The statement that adds the facts of the events in the log which `where` holds for."""
        columns = {"stream": "stream", "position": "position", "team": "team", **self.columns}
        told = f"event_log WHERE type = '{self.event.type}' AND {where}"
        if self.corrected_by:
            columns["number"] = "number"
            told = (
                "(SELECT stream, position, team, subject, number, told AS body FROM event_log, LATERAL "  # noqa: S608
                f"(VALUES (1, CASE type WHEN '{self.event.type}' THEN body ELSE body->'instead' END), "
                "(-1, body->'was')) "
                f"AS each (number, told) WHERE type IN ('{self.event.type}', '{self.corrected_by.type}') AND {where} "
                "AND jsonb_typeof(told) = 'object') AS told"
            )
        return (
            f"INSERT INTO {into or self.table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {told}"  # noqa: S608
        )


def columns_of(event: type[RegionEvent]) -> dict[str, str]:
    """A column for each field of an event, which are codes, months, yes or no, and whole numbers."""
    return {
        name: f"(body->>'{name}'){next((_SQL[kind] for kind in _kinds(field.annotation) if kind in _SQL), '')}"
        for name, field in event.model_fields.items()
    }


_SQL = {date: "::date", bool: "::boolean", int: "::integer"}


def _kinds(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _kinds(each)
    else:
        yield annotation


def tables_of(projections: Iterable[Projection]) -> tuple[str, ...]:
    """Their fact tables, each once."""
    return tuple(dict.fromkeys(projection.table for projection in projections))


def digests_of(projections: Sequence[Projection]) -> dict[str, str]:
    """By fact table, of the statements that make its facts: of another code they are others."""
    return {
        table: hashlib.sha256(
            "\n".join(sorted(one.insert() for one in projections if one.table == table)).encode()
        ).hexdigest()
        for table in tables_of(projections)
    }


def marking(tables: Iterable[str], where: str = "true") -> str:
    """The statement that marks the months of the facts in these tables for which `where` holds.

    In the order of the marks' key, in one statement: of two transactions that mark the same months, one waits.
    """
    touched = " UNION ALL ".join(f"SELECT team, month FROM {table} WHERE {where}" for table in tables)  # noqa: S608
    return (
        f"INSERT INTO dirty_month (team, month, since) SELECT team, month, clock_timestamp() FROM ({touched}) touched "  # noqa: S608
        "GROUP BY team, month ORDER BY team, month ON CONFLICT (team, month) DO UPDATE SET since = excluded.since"
    )


@lru_cache(maxsize=64)
def _making(projections: tuple[Projection, ...]) -> str:
    """The statement that makes facts of what the log has of a stream, from a position to another, and marks."""
    these = "stream = $1 AND position BETWEEN $2 AND $3"
    made = [
        f"made_{number} AS ({one.insert(where=these)} RETURNING team, month)" for number, one in enumerate(projections)
    ]
    return f"WITH {', '.join(made)} {marking(f'made_{number}' for number in range(len(projections)))}"


class Projections:
    """The sink of a service that counts: events are kept in its log, and facts are made of them."""

    at_once = 500
    failed = Reason.PROJECTION_FAILED

    def __init__(self, pool: asyncpg.Pool, projections: Sequence[Projection], reached: Reached = go_on) -> None:
        self._pool = pool
        self._projections = projections
        self._reached = reached

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Taking]:
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(COUNTED_AGAIN)
            yield _Projecting(connection, self._projections, self._reached)

    def fault(self, error: Exception) -> str | None:
        return type(error).__name__ if isinstance(error, POISON) else None


class _Projecting:
    def __init__(self, connection: Connection, projections: Sequence[Projection], reached: Reached) -> None:
        self.connection = connection
        self._projections = projections
        self._reached = reached

    async def take(self, stream: Stream, received: Sequence[Received], now: datetime) -> None:
        """Add events to the log, where they are contiguous, and make their facts."""
        await _store_in_log(self.connection, stream, received, now)
        self._reached("logged")
        kinds = {type(item.event) for item in received}
        first, last = received[0].id.position, received[-1].id.position
        touched = tuple(projection for projection in self._projections if projection.events & kinds)
        if touched:
            await self.connection.execute(_making(touched), stream.key, first, last)
        self._reached("projected")

    async def take_back(self, stream: Stream, position: int) -> None:
        """Forget all that came from there on: it comes again, or never happened."""
        tables, these = tables_of(self._projections), "stream = $1 AND position >= $2"
        await self.connection.execute(marking(tables, these), stream.key, position)
        for table in ("event_log", *tables):
            await self.connection.execute(f"DELETE FROM {table} WHERE {these}", stream.key, position)  # noqa: S608


async def _store_in_log(connection: Connection, stream: Stream, received: Sequence[Received], now: datetime) -> None:
    """COPY is the quickest way that PostgreSQL has."""
    key, team = stream.key, stream.team
    await connection.copy_records_to_table(
        "event_log",
        columns=_LOG,
        records=[
            (
                key,
                item.id.position,
                item.id.epoch,
                team,
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
