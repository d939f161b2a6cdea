"""Events as if they had come in: a reader's database filled without a stream.

    feed = Feed(connection, PROJECTIONS, service="one")
    await feed.take_in("blackpool", SomethingHappened(...), ...)

Each call is what the reader does with a batch: the log, the facts and the checkpoint in one transaction, then NOTIFY.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.contracts.event import RegionEvent
from shared.contracts.streams import Audience, Stream
from shared.inbox.projection import Projection, marking, tables_of
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id


class Feed:
    """Puts events into a reader's database.

    Args:
        connection: an asyncpg connection.
        projections: the reader's.
        service: whose events they are, in each team.
    """

    def __init__(self, connection: Any, projections: Sequence[Projection], *, service: str) -> None:
        self._connection = connection
        self._service = service
        self._projections = projections

    async def announce(self, team: str) -> None:
        """The region knows the team, and has read nothing of it."""
        await self._connection.execute(
            "INSERT INTO checkpoint (stream, team, service) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            self._stream(team),
            team,
            self._service,
        )

    async def take_in(self, team: str, *events: RegionEvent, heard_at: datetime | None = None) -> None:
        """The team's next events.

        Args:
            heard_at: UTC; now, if it is not given.
        """
        heard_at = heard_at or machine_clock()
        async with self._connection.transaction():
            await self.announce(team)
            last: int = await self._connection.fetchval(
                "SELECT position FROM checkpoint WHERE stream = $1 FOR UPDATE", self._stream(team)
            )
            rows = [
                (
                    self._stream(team),
                    last + number,
                    team,
                    new_id(),
                    event.type,
                    event.model_dump_json(),
                    heard_at,
                )
                for number, event in enumerate(events, 1)
            ]
            await self._connection.executemany(_INTO_LOG, rows)
            these = "stream = $1 AND position > $2"
            for projection in self._projections:
                await self._connection.execute(projection.insert(where=these), self._stream(team), last)
            await self._connection.execute(marking(tables_of(self._projections), these), self._stream(team), last)
            await self._connection.execute(_MOVE_ON, self._stream(team), last + len(events), heard_at)
            await self._connection.execute("SELECT pg_notify('facts', '')")

    async def tell_head(self, team: str, *, events_behind: int) -> None:
        """The team has published events that are not read yet."""
        await self._connection.execute(
            "UPDATE checkpoint SET head_position = position + $2 WHERE stream = $1", self._stream(team), events_behind
        )

    async def set_state(self, team: str, state: str) -> None:
        """The stream is no longer `reading`, or is again."""
        await self._connection.execute("UPDATE checkpoint SET state = $2 WHERE stream = $1", self._stream(team), state)

    async def leave(self, team: str, at: datetime) -> None:
        """The team has left the region."""
        await self._connection.execute(
            "UPDATE checkpoint SET state = 'left', state_since = $2 WHERE stream = $1", self._stream(team), at
        )

    async def set_aside(self, team: str, *, reason: str, number: int = 1) -> None:
        """Entries that could not be read."""
        await self._connection.execute(_INTO_DEAD_LETTERS, self._stream(team), reason, number)

    def _stream(self, team: str) -> str:
        return Stream(team, self._service, Audience.REGION).key


_INTO_LOG = """
INSERT INTO event_log (stream, position, epoch, team, event_id, subject, type, body, occurred_at, received_at)
VALUES ($1, $2, 0, $3, $4, gen_random_uuid()::text, $5, $6::text::jsonb, $7, $7)
"""

_MOVE_ON = """
UPDATE checkpoint SET position = $2, head_position = greatest(head_position, $2), heard_at = $3, updated_at = $3
WHERE stream = $1
"""

_INTO_DEAD_LETTERS = """
INSERT INTO dead_letter (stream, epoch, position, reason, detail, raw, failed_at)
SELECT $1, 0, number + coalesce((SELECT max(position) FROM dead_letter WHERE stream = $1), 0), $2, 'a detail', 'raw',
       now()
FROM generate_series(1, $3) number
"""
