"""A projection: one SQL statement that makes facts of events.

The same statement makes the facts of the batch that has just come in, and those of the whole log when a projection
is rebuilt, so the two cannot differ. A fact table has the columns `stream`, `position` (together its key) and `team`,
and those that the projection names; one event makes one fact at most, and facts are only ever added, so that a stream
can be taken back to a position by deleting what came after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.event import Event, RegionEvent


@dataclass(frozen=True)
class Projection:
    """Facts of one kind of event.

    Args:
        event: the class of the events.
        table: the fact table.
        columns: each column's expression over the event log's columns, e.g. `{"month": "(body->>'month')::date"}`.
    """

    event: type[Event | RegionEvent]
    table: str
    columns: Mapping[str, str]

    def insert(self, *, into: str | None = None, where: str = "true") -> str:
        """The statement that adds the facts of the events in the log which `where` holds for."""
        names = ", ".join(self.columns)
        expressions = ", ".join(self.columns.values())
        return (
            f"INSERT INTO {into or self.table} (stream, position, team, {names}) "  # noqa: S608
            f"SELECT stream, position, team, {expressions} FROM event_log "
            f"WHERE type = '{self.event.type}' AND {where}"
        )
