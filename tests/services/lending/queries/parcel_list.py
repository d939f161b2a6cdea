"""The parcels that wait to be handed over, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.services.lending.database.tables import parcel


@dataclass(frozen=True)
class ParcelLine:
    parcel_id: UUID
    born_at: datetime


async def parcel_list(session: AsyncSession) -> list[ParcelLine]:
    waiting = select(parcel.c.id, parcel.c.born_at).where(parcel.c.sent_at.is_(None)).order_by(parcel.c.born_at)
    return [ParcelLine(row.id, row.born_at) for row in await session.execute(waiting)]
