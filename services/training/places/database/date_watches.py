"""Who wants to hear of new dates, as stored."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import all_, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.training.database.course_tables import cohort
from services.training.database.date_watch_tables import date_watch as table
from services.training.places.domain.date_watch import DateWatch
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(365)
"""While no new dates come; then the address is forgotten without a word."""


async def is_watched(session: AsyncSession, watch_id: UUID) -> bool:
    """Whoever asked has not taken their address out."""
    own = table.c.id == watch_id, table.c.is_stopped.is_(False)
    return bool(await session.scalar(select(exists(select(table.c.id).where(*own)))))


class DateWatches:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: DateWatch) -> bool:
        """False when the address is told of the course already."""
        stored = insert(table).values(columns_of(one)).on_conflict_do_nothing().returning(table.c.id)
        return await self._session.scalar(stored) is not None

    async def save(self, one: DateWatch) -> None:
        await self._session.execute(update(table).where(table.c.id == one.id).values(columns_of(one, without="id")))

    async def by_secret(self, secret: str) -> DateWatch:
        """Locked until the transaction ends. Raises NotFound when it is nobody's."""
        query = select(table).where(table.c.secret == secret).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("watch_unknown", "This link does not work. Use the one in our email.")
        return read_row(DateWatch, row)

    async def next_due(self) -> DateWatch | None:
        """Of whose course somebody has set dates since they asked, or who asked too long ago; None: of nobody's."""
        own = cohort.c.course == table.c.course, cohort.c.id != all_(table.c.known)
        opens = cohort.c.starts_on > self._work.today, cohort.c.called_off_at.is_(None)
        has_new = exists(select(cohort.c.id).where(*own, *opens))
        is_old = table.c.asked_at < self._work.now - KEPT_FOR
        due = select(table).where(table.c.ended_at.is_(None), or_(has_new, is_old)).order_by(table.c.asked_at)
        row = (await self._session.execute(due.limit(1).with_for_update(skip_locked=True))).one_or_none()
        return read_row(DateWatch, row) if row else None
