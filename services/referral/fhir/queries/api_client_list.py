"""Which other systems may send referrals or read records, and which could once?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import api_client, api_secret


@dataclass(frozen=True)
class ApiClientLine:
    """One system."""

    client_id: UUID
    name: str
    may_read: bool
    registered_at: datetime
    revoked_at: datetime | None
    secrets: int
    """That have not ended; two while one takes the other's place."""
    expires_at: datetime | None
    """When the newest of them ends; none when all have."""
    last_used_at: datetime | None


async def api_client_list(session: AsyncSession, now: datetime) -> Sequence[ApiClientLine]:
    """By name, and of those with one name the newest first."""
    lives = api_secret.c.expires_at > now
    query = (
        select(
            api_client,
            func.count().filter(lives).label("living"),
            func.max(api_secret.c.expires_at).filter(lives).label("expires_at"),
            func.max(api_secret.c.last_used_at).label("last_used_at"),
        )
        .join(api_secret, api_secret.c.client_id == api_client.c.id)
        .group_by(api_client.c.id)
        .order_by(api_client.c.name, api_client.c.created_at.desc())
    )
    return [
        ApiClientLine(
            row.id,
            row.name,
            row.may_read,
            row.created_at,
            row.revoked_at,
            row.living,
            row.expires_at,
            row.last_used_at,
        )
        for row in await session.execute(query)
    ]
