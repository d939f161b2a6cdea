"""What was released when: the frozen months that a page can be opened as at, and what was revised since."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.database.publication_tables import snapshot
from services.reporting.publication.domain.revision import Cause


@dataclass(frozen=True)
class Snapshot:
    """A release of a month's figures: the first one, or a revision with its cause."""

    month: date
    made_at: datetime
    cause: Cause

    @property
    def is_revision(self) -> bool:
        return self.cause is not Cause.FROZEN


async def snapshots(session: AsyncSession) -> tuple[Snapshot, ...]:
    """All that are frozen, the latest first."""
    query = (
        select(snapshot.c.month, snapshot.c.made_at, snapshot.c.cause)
        .where(snapshot.c.is_frozen)
        .order_by(snapshot.c.id.desc())
    )
    return tuple(Snapshot(row.month, row.made_at, Cause(row.cause)) for row in await session.execute(query))
