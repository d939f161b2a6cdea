"""Entries that could not be read, by team and reason: how many, and since when. Nothing of what is in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class SetAside:
    """Entries of one team's service that were set aside for one reason and are still to be looked at."""

    team: str
    service: str
    reason: str
    number: int
    first_at: datetime
    """UTC."""


async def set_aside(session: AsyncSession) -> tuple[SetAside, ...]:
    """By team, service and reason."""
    return tuple(SetAside(**row) for row in (await session.execute(_SET_ASIDE)).mappings())


_SET_ASIDE = text("""
SELECT team, service, reason, count(*) AS number, min(failed_at) AS first_at
FROM dead_letter JOIN checkpoint USING (stream)
WHERE resolved_at IS NULL
GROUP BY team, service, reason
ORDER BY team, service, reason
""")
