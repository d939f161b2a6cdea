"""The sink of a team's service: its reactions run in a unit of work, and each event has its effect once.

What a reaction writes and publishes, the ids of the events and the checkpoint commit together. An event that comes
again, at whatever place of whatever epoch, is known by its id. What it did stays done, even when the service that
published it was restored to a time before: that cannot be taken back by deleting rows.
"""

from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.event import AnyEvent
from shared.contracts.streams import Stream
from shared.database.trouble import cause_of, ends_by_itself
from shared.inbox.entry import Reason, Received
from shared.inbox.reaction import Delivery, Reaction, event_of
from shared.inbox.sink import POISON, Taking
from shared.kernel.actor import system
from shared.kernel.errors import Refusal
from shared.kernel.faults import Reached, go_on
from shared.kernel.postgres import Connection
from shared.unit_of_work import UnitOfWork, UnitsOfWork

ByEvent = Mapping[tuple[str, type[AnyEvent]], Sequence[Reaction]]
"""By the service that publishes, and the event's class: each room may have its own."""

_NOTE = """
    WITH furthest AS (SELECT coalesce(max(position), 0) AS position FROM inbox WHERE stream = $1)
    INSERT INTO inbox (stream, event_id, epoch, position, type, occurred_at, received_at)
    SELECT $1, event_id, epoch, position, type, occurred_at, $2
    FROM unnest($3::uuid[], $4::integer[], $5::bigint[], $6::text[], $7::timestamptz[])
        AS came (event_id, epoch, position, type, occurred_at)
    ON CONFLICT DO NOTHING
    RETURNING event_id, inbox.position <= (SELECT position FROM furthest) AS is_replay
"""


class ReactionFailed(Exception):
    """A reaction could not be carried out, and it was not the database's fault. The message is a code."""


class Reactions:
    """Runs what a service declares that it does when others of its team say something.

    Args:
        reads: its reactions, by the service that publishes.
    """

    at_once = 100
    """Fewer than a projection takes: what reactions lock, pages wait for."""
    failed = Reason.REACTION_FAILED

    def __init__(
        self, units: UnitsOfWork[Any], reads: Mapping[str, Sequence[Reaction]], reached: Reached = go_on
    ) -> None:
        self._units = units
        self._reactions = defaultdict[tuple[str, type[AnyEvent]], list[Reaction]](list)
        for service, several in reads.items():
            for one in several:
                self._reactions[service, event_of(one)].append(one)
        self._reached = reached

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Taking]:
        async with self._units.begin(system()) as work:
            yield _Reacting(work, await _connection_of(work.session), self._reactions, self._reached)

    def fault(self, error: Exception) -> str | None:
        if isinstance(error, ReactionFailed):
            return str(error)
        cause = cause_of(error)
        return type(cause).__name__ if isinstance(cause, POISON) else None


class _Reacting:
    def __init__(self, work: UnitOfWork, connection: Connection, reactions: ByEvent, reached: Reached) -> None:
        self.connection = connection
        self._work = work
        self._reactions = reactions
        self._reached = reached

    async def take(self, stream: Stream, received: Sequence[Received], now: datetime) -> None:
        """React to each event that was not here before."""
        new = await self._note(stream, received, now)
        self._reached("noted")
        for item in received:
            if (is_replay := new.pop(item.event_id, None)) is not None:
                await self._react(item, Delivery(stream, item.id, item.time, is_replay))
        self._reached("reacted")

    async def take_back(self, stream: Stream, position: int) -> None:
        """Nothing: what comes again is known by its id."""

    async def _note(self, stream: Stream, received: Sequence[Received], now: datetime) -> dict[UUID, bool]:
        """Keep the ids of the events; those that are new, and whether what is further on was here before them."""
        rows = await self.connection.fetch(
            _NOTE,
            stream.key,
            now,
            [item.event_id for item in received],
            [item.id.epoch for item in received],
            [item.id.position for item in received],
            [item.event.type for item in received],
            [item.time for item in received],
        )
        return {row["event_id"]: row["is_replay"] for row in rows}

    async def _react(self, item: Received, delivery: Delivery) -> None:
        try:
            for reaction in self._reactions.get((delivery.stream.service, type(item.event)), ()):
                await reaction(item.event, delivery, self._work)
        except Exception as error:
            if isinstance(error, DBAPIError) or ends_by_itself(error):
                raise
            raise ReactionFailed(error.code if isinstance(error, Refusal) else type(error).__name__) from error


async def _connection_of(session: AsyncSession) -> Connection:
    """The driver's connection, in the session's transaction: SQLAlchemy begins that with its first statement."""
    connection = await session.connection()
    await connection.execute(text("SELECT"))
    return cast("Connection", (await connection.get_raw_connection()).driver_connection)
