"""Write an event to the outbox, once for each audience."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.event import AnyEvent
from shared.contracts.region import month_of, pseudonym
from shared.contracts.streams import Audience
from shared.kernel.clock import london_date
from shared.kernel.identifiers import new_id
from shared.kernel.traceparent import new_traceparent
from shared.outbox.published import Published
from shared.outbox.tables import outbox
from shared.outbox.told import told_now


async def append(
    session: AsyncSession, published: Sequence[Published], *, at: datetime, region_key: bytes, traceparent: str
) -> None:
    """Write the events in the session's transaction; the relay is told when it commits.

    Args:
        traceparent: for the team's rows. One for the region leads nowhere: a sender's could spell a name, and what
            several rows share would tie their pseudonyms together.
    """
    rows: list[dict[str, Any]] = []
    for item in published:
        event_id = new_id()
        row = {"aggregate_id": item.aggregate_id, "aggregate_version": item.aggregate_version}
        rows.append(
            row
            | _columns(Audience.TEAM, item.event, at)
            | {"event_id": event_id, "subject": item.aggregate_id, "traceparent": traceparent}
        )
        if (regional := await told_now(session, item, rows)) is not None:
            # A UUIDv7 and a time of day would tell the minute that the region must not know.
            rows.append(
                row
                | _columns(Audience.REGION, regional, _start_of_month(at))
                | {
                    "event_id": pseudonym(event_id, region_key),
                    "subject": pseudonym(item.aggregate_id, region_key),
                    "traceparent": new_traceparent(),
                }
            )
        if (others := item.event.for_network()) is not None:
            rows.append(
                row
                | _columns(Audience.NETWORK, others, _start_of_month(at))
                | {
                    "event_id": pseudonym(event_id, region_key + _NETWORK),
                    "subject": pseudonym(item.aggregate_id, region_key + _NETWORK),
                    "traceparent": new_traceparent(),
                }
            )
    if rows:
        await session.execute(insert(outbox), rows)


_NETWORK = Audience.NETWORK.value.encode()
"""So that a record has another pseudonym there than in the region, and nobody can lay the two beside each other."""


def _columns(audience: Audience, event: AnyEvent, at: datetime) -> dict[str, Any]:
    return {
        "audience": audience.value,
        "type": event.type,
        "body": event.model_dump(mode="json"),
        "occurred_at": at,
    }


def _start_of_month(at: datetime) -> datetime:
    return datetime.combine(month_of(london_date(at)), time(), UTC)
