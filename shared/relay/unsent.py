"""How much a service's relay has still to send, and how old the oldest of it is."""

from collections.abc import Mapping

from shared.contracts.streams import Audience
from shared.kernel.metrics import OLDEST_UNSENT_SECONDS, UNSENT_EVENTS, Measure
from shared.kernel.postgres import Connection, connected
from shared.relay.positions import BATCH

_NOT_KNOWN = 2**63 - 1
"""A position that no event has: before the relay has asked Redis, what it must send is at least what has none."""

_UNSENT = f"""
    SELECT events, greatest(0, extract(epoch FROM now() - (
        SELECT occurred_at FROM outbox WHERE audience = 'team' AND seq <= oldest ORDER BY seq DESC LIMIT 1
    )))::float AS seconds
    FROM (
        SELECT count(*) AS events, min(seq) AS oldest FROM (
            SELECT seq FROM outbox_waiting WHERE audience = $1
            UNION ALL
            SELECT seq FROM outbox_in_order
            WHERE audience = $1 AND first_position > $2::bigint - {BATCH} AND position > $2
        ) AS each
    ) AS unsent
"""  # noqa: S608
"""A regional row has the month for its time: the moment is that of the team's row, which is stored before it."""


async def oldest_unsent(connection: Connection, audience: Audience, sent: int) -> float:
    """For how many seconds the oldest event of a stream waits whose last position there is `sent`; 0: none does."""
    row = await connection.fetchrow(_UNSENT, audience.value, sent)
    return (row["seconds"] if row else None) or 0


def unsent(database_url: str, sent: Mapping[Audience, int]) -> Measure:
    """The measure of it.

    Args:
        sent: the last position that is on each stream, as far as the relay knows; it keeps this up to date.
    """

    async def take() -> None:
        async with connected(database_url) as connection:
            for audience in Audience:
                row = await connection.fetchrow(_UNSENT, audience.value, sent.get(audience, _NOT_KNOWN))
                assert row is not None  # noqa: S101 - it counts
                UNSENT_EVENTS.labels(audience.value).set(row["events"])
                OLDEST_UNSENT_SECONDS.labels(audience.value).set(row["seconds"] or 0)

    return Measure((UNSENT_EVENTS, OLDEST_UNSENT_SECONDS), take)
