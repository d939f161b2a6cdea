"""Give positions to what was committed.

A row is read because it has no position yet, not because its number is larger than the last: a transaction that commits
late is found in the next round, and nothing is ever passed over (`tests/guarantees/test_contention.py`). One relay at a
time does this, under an advisory lock, so positions have no holes.
"""

from typing import NamedTuple

import asyncpg

from shared.contracts.streams import Audience, EntryId
from shared.kernel.postgres import Connection

BATCH = 500


class State(NamedTuple):
    """Where one stream of the outbox stands."""

    epoch: int
    first_position: int
    """The first position that this epoch publishes (again)."""
    last_position: int

    @property
    def head(self) -> EntryId:
        return EntryId(self.epoch, self.last_position)


_GIVE = "SELECT * FROM give_positions($1)"

_AFTER = f"""
    SELECT first_position + place - 1 AS position, event_id, subject, type, body::text, occurred_at, traceparent
    FROM outbox_order AS given, unnest(seqs) WITH ORDINALITY AS each (seq, place)
    JOIN outbox ON outbox.seq = each.seq
    WHERE given.audience = $1 AND first_position > $2::bigint - {BATCH} AND first_position <= $2 + {BATCH}
        AND first_position + place - 1 BETWEEN $2 + 1 AND $2 + {BATCH}
    ORDER BY 1
"""  # noqa: S608
"""One round gave at most 500 positions, so what holds one of these begins less than 500 before it."""


async def give_positions(connection: Connection) -> dict[Audience, list[asyncpg.Record]]:
    """Give the next positions to at most 500 rows, in one transaction; the rows by audience, in order."""
    rows = await connection.fetch(_GIVE, BATCH)
    return {audience: given for audience in Audience if (given := [r for r in rows if r["audience"] == audience])}


async def rows_after(connection: Connection, audience: Audience, position: int) -> list[asyncpg.Record]:
    """At most 500 rows that follow a position, in order."""
    return await connection.fetch(_AFTER, audience.value, position)


async def read_states(connection: Connection) -> dict[Audience, State]:
    rows = await connection.fetch("SELECT audience, epoch, first_position, last_position FROM relay_state")
    return {Audience(r["audience"]): State(r["epoch"], r["first_position"], r["last_position"]) for r in rows}


async def start_epoch(connection: Connection, audience: Audience, *, after: int, first_position: int) -> bool:
    """Publish everything from a position on again, under a new epoch.

    Args:
        after: the epoch that must be the present one; False is given, and nothing done, when it is not.
    """
    done = await connection.execute(
        "UPDATE relay_state SET epoch = epoch + 1, first_position = $3 "
        "WHERE audience = $1 AND epoch = $2 AND $3 BETWEEN 1 AND last_position",
        audience.value,
        after,
        first_position,
    )
    return done == "UPDATE 1"
