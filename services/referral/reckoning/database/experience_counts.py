"""What parents and carers said of the help in months that are past."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession


async def experience_counts(session: AsyncSession, months: Sequence[date]) -> Sequence[RowMapping]:
    """A row for each of the months, in their order; its columns are named as the fields of ExperienceReckoned.

    Who was asked by a link is of the month of the link, as whoever never answers has no other.
    """
    return (await session.execute(_COUNTS, {"months": list(months)})).mappings().all()


_COUNTS = text("""
WITH month AS (SELECT unnest(CAST(:months AS date[])) AS month),
answer AS (
    SELECT CAST(date_trunc('month', answered_on) AS date) AS month, request_id,
           (SELECT CAST(scale ->> 'value' AS numeric) FROM jsonb_array_elements(scales) AS scale
            WHERE scale ->> 'scale' = 'total') AS percent
    FROM measure_administration AS taken
    WHERE code = 'ESQ_P' AND scored AND NOT withdrawn
      AND NOT EXISTS (SELECT 1 FROM measure_administration AS later WHERE later.supersedes = taken.id)
),
asked AS (
    SELECT month, count(*) AS number FROM (
        SELECT CAST(date_trunc('month', requested_at AT TIME ZONE 'Europe/London') AS date) AS month
        FROM measure_request WHERE code = 'ESQ_P'
        UNION ALL
        SELECT month FROM answer WHERE request_id IS NULL
    ) AS each_one GROUP BY month
)
SELECT month.month, coalesce(max(asked.number), 0) AS asked, count(answer.percent) AS answered,
       CAST(coalesce(round(avg(answer.percent)), 0) AS integer) AS certainly_true
FROM month LEFT JOIN answer ON answer.month = month.month LEFT JOIN asked ON asked.month = month.month
GROUP BY month.month ORDER BY month.month
""")
