"""Does each team's audit trail still end where, or beyond where, it was heard to end?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class AuditTrail:
    """What is known of the trail of one service of one team."""

    team: str
    service: str
    heard_at: datetime | None
    """When it was last heard to have grown (UTC). None: never heard of."""
    contradiction: str | None
    """`went_back`, `changed` or `vanished`; None when what is heard fits what was heard before."""
    contradicted_at: datetime | None
    restored_at: datetime | None
    """When a new history was first heard, because the operator said that the team's database was restored."""


async def audit_trails(session: AsyncSession) -> tuple[AuditTrail, ...]:
    """One for each service of each team, by team."""
    return tuple(AuditTrail(**row) for row in (await session.execute(_AUDIT_TRAILS)).mappings())


_AUDIT_TRAILS = text("""
SELECT team, service, newest.heard_at, newest.contradiction, newest.contradicted_at,
       CASE WHEN newest.history > histories.first THEN histories.began_at END AS restored_at
FROM checkpoint LEFT JOIN (
    SELECT DISTINCT ON (stream) * FROM audit_head_heard ORDER BY stream, history DESC, number DESC
) AS newest USING (stream)
LEFT JOIN LATERAL (
    SELECT min(history) AS first, min(heard_at) FILTER (WHERE history = newest.history) AS began_at
    FROM audit_head_heard WHERE stream = newest.stream
) AS histories ON true
ORDER BY team, service
""")
