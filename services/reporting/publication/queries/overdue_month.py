"""Which month should have been frozen by now and is not: something holds it up, and nobody may have noticed."""

from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.domain.freezing import last_to_freeze

GRACE = timedelta(days=1)
"""After the day on which it should have been."""


async def overdue_month(session: AsyncSession, today: date) -> date | None:
    """None as well when there are no figures of it, or the region has heard of any team only since yesterday: then they
    are still being read.

    Args:
        today: in Europe/London.
    """
    month = last_to_freeze(today - GRACE)
    return month if await session.scalar(_IS_OVERDUE, {"month": month, "day": today - GRACE}) else None


_IS_OVERDUE = text("""
SELECT EXISTS (SELECT FROM figure WHERE month <= :month)
   AND EXISTS (
       SELECT FROM checkpoint, LATERAL (
           SELECT received_at FROM event_log WHERE event_log.stream = checkpoint.stream ORDER BY position LIMIT 1
       ) AS first WHERE received_at::date <= :day
   )
   AND NOT EXISTS (SELECT FROM snapshot WHERE cause = 'frozen' AND month >= :month)
""")
