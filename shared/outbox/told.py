"""What was told of a record, and what the region has to be told now.

The outbox has every word of it, so a correction repeats exactly what was said, whatever has changed since in the record
or in the bands: no command keeps it beside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.event import RegionCorrection, RegionEvent
from shared.contracts.streams import Audience
from shared.outbox.published import Published
from shared.outbox.tables import outbox


async def told_now(session: AsyncSession, item: Published, before: Iterable[Mapping[str, Any]]) -> RegionEvent | None:
    """What the event tells the region; None: nothing, or nothing new.

    Args:
        before: rows that go into the outbox in front of it, in the same transaction.
    """
    holds, correction = item.event.for_region(), item.event.corrects
    if correction is None:
        return holds
    types = (correction.fact().type, correction.type)
    rows = [row for row in before if _is_told(row, item.aggregate_id, types)]
    newest = rows[-1] if rows else await _stored(session, item.aggregate_id, types)
    return correction.between(_fact(newest, correction), holds)


@dataclass(frozen=True)
class Said:
    """The newest event about a record, as the team was told it."""

    version: int
    type: str
    body: Mapping[str, Any]


async def newest_of(session: AsyncSession, aggregate_id: UUID) -> Said | None:
    """None: there has been none."""
    said = (
        select(outbox.c.aggregate_version, outbox.c.type, outbox.c.body)
        .where(outbox.c.audience == Audience.TEAM.value, outbox.c.aggregate_id == aggregate_id)
        .order_by(outbox.c.aggregate_version.desc())
        .limit(1)
    )
    row = (await session.execute(said)).one_or_none()
    return None if row is None else Said(row.aggregate_version, row.type, row.body)


def _is_told(row: Mapping[str, Any], aggregate_id: UUID, types: tuple[str, str]) -> bool:
    return row["audience"] == Audience.REGION and row["aggregate_id"] == aggregate_id and row["type"] in types


async def _stored(session: AsyncSession, aggregate_id: UUID, types: tuple[str, str]) -> Mapping[str, Any] | None:
    told = (
        select(outbox.c.type, outbox.c.body)
        .where(outbox.c.audience == Audience.REGION.value, outbox.c.aggregate_id == aggregate_id)
        .where(outbox.c.type.in_(types))
        .order_by(outbox.c.aggregate_version.desc())
        .limit(1)
    )
    row = (await session.execute(told)).one_or_none()
    return None if row is None else {"type": row.type, "body": row.body}


def _fact(row: Mapping[str, Any] | None, correction: type[RegionCorrection]) -> RegionEvent | None:
    if row is None:
        return None
    body = row["body"] if row["type"] == correction.fact().type else row["body"]["instead"]
    return None if body is None else correction.fact().model_validate(body)
