"""Which other systems may send referrals or read records, and which could once?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import api_client


@dataclass(frozen=True)
class ApiClientLine:
    """One system."""

    client_id: UUID
    name: str
    may_read: bool
    registered_at: datetime
    revoked_at: datetime | None


async def api_client_list(session: AsyncSession) -> Sequence[ApiClientLine]:
    """By name, and of those with one name the newest first."""
    rows = await session.execute(select(api_client).order_by(api_client.c.name, api_client.c.created_at.desc()))
    return [ApiClientLine(row.id, row.name, row.may_read, row.created_at, row.revoked_at) for row in rows]
