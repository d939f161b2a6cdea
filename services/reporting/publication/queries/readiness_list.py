"""Which teams stand by the months that are frozen next, and which did not stand by one that is frozen already."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class ReadinessLine:
    """One team and month."""

    team: str
    month: date
    is_frozen: bool
    why_not: str | None
    """None: the team stands by it."""
    said_at: datetime | None


async def readiness_list(session: AsyncSession, present: date) -> list[ReadinessLine]:
    """The latest month first, and in it by team.

    Args:
        present: the month that goes on, as its first day.
    """
    rows = await session.execute(_READINESS, {"present": present})
    return [ReadinessLine(**row) for row in rows.mappings()]


_READINESS = text("""
WITH last AS (SELECT max(month) AS month FROM snapshot WHERE cause = 'frozen'),
asked AS (
    SELECT DISTINCT team, generate_series(
        coalesce((SELECT month FROM last) + interval '1 month', CAST(:present AS date) - interval '1 month'),
        CAST(:present AS date), interval '1 month'
    )::date AS month
    FROM checkpoint WHERE state <> 'left'
    UNION SELECT team, month FROM not_ready WHERE ready_at IS NULL
)
SELECT team, month, month <= coalesce((SELECT month FROM last), '-infinity') AS is_frozen, why AS why_not, said_at
FROM asked LEFT JOIN (SELECT * FROM not_ready WHERE ready_at IS NULL) open USING (team, month)
ORDER BY month DESC, team
""")
