"""How far a service is behind each stream that it reads, and what it set aside."""

from collections import Counter
from collections.abc import Callable, Sequence

import asyncpg

from shared.kernel.metrics import BEHIND_EVENTS, DEAD_LETTERS, HEARD_SECONDS, STREAMS, Measure

_CHECKPOINTS = """
    SELECT stream, state, greatest(0, head_position - position) AS behind,
           extract(epoch FROM now() - heard_at)::float AS silent_for
    FROM checkpoint WHERE $1::text[] IS NULL OR stream = ANY($1)
"""
_DEAD_LETTERS = "SELECT stream, count(*) AS entries FROM dead_letter WHERE resolved_at IS NULL GROUP BY stream"


def unread(pool: asyncpg.Pool, awaited: Callable[[], Sequence[str]] | None = None) -> Measure:
    """The measure of it. A stream whose relay was never heard has no age.

    Args:
        awaited: the streams from which something should come now; all that were ever read if not given.
    """

    async def take() -> None:
        checkpoints = await pool.fetch(_CHECKPOINTS, awaited() if awaited else None)
        for row in checkpoints:
            BEHIND_EVENTS.labels(row["stream"]).set(row["behind"])
            if row["silent_for"] is not None:
                HEARD_SECONDS.labels(row["stream"]).set(row["silent_for"])
        for state, streams in Counter(row["state"] for row in checkpoints).items():
            STREAMS.labels(state).set(streams)
        for row in await pool.fetch(_DEAD_LETTERS):
            DEAD_LETTERS.labels(row["stream"]).set(row["entries"])

    return Measure((BEHIND_EVENTS, HEARD_SECONDS, STREAMS, DEAD_LETTERS), take)
