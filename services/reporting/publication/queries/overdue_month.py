"""Which month should have been frozen by now and is not: something holds it up, and nobody may have noticed."""

from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.domain.freezing import last_to_freeze

GRACE = timedelta(days=1)
"""After the day on which it should have been."""


async def overdue_month(session: AsyncSession, today: date) -> date | None:
    """None as well when there are no figures of it.

    Args:
        today: in Europe/London.
    """
    month = last_to_freeze(today - GRACE)
    return month if await session.scalar(_IS_OVERDUE, {"month": month}) else None


_IS_OVERDUE = text("""
SELECT EXISTS (SELECT FROM figure WHERE month <= :month)
   AND NOT EXISTS (SELECT FROM snapshot WHERE cause = 'frozen' AND month >= :month)
""")
