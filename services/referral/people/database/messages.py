"""Messages as stored: what waits to leave, and what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.letter_tables import message as table
from services.referral.people.domain.message import Message
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

_OPEN = and_(table.c.sent_at.is_(None), table.c.failed_at.is_(None), table.c.stopped_at.is_(None))


async def stop_messages(session: AsyncSession, family_id: UUID, now: datetime) -> None:
    """Stop everything about the family that waits or has failed; the caller holds the family's lock."""
    await _stop(session, now, table.c.family_id == family_id)


async def stop_messages_to(session: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Stop everything to somebody who turned out to be unsafe to contact, in whatever family."""
    await _stop(session, now, table.c.person_id == person_id)


async def _stop(session: AsyncSession, now: datetime, where: ColumnElement[bool]) -> None:
    await session.execute(
        update(table)
        .where(where, table.c.sent_at.is_(None), table.c.stopped_at.is_(None))
        .values(stopped_at=now, failed_at=None, link="", version=table.c.version + 1)
    )


class Messages:
    """The messages of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, message: Message) -> bool:
        """Store one that waits; False when there is one of that kind about that already."""
        stored = await self._session.execute(
            insert_or(table).values(**columns_of(message)).on_conflict_do_nothing().returning(table.c.id)
        )
        return stored.one_or_none() is not None

    async def get_to_change(self, message_id: UUID) -> Message:
        """Locked until the transaction ends. Raises NotFound when this team has no such message."""
        row = (
            await self._session.execute(select(table).where(table.c.id == message_id).with_for_update())
        ).one_or_none()
        if row is None:
            raise NotFound("message_not_found", "This team has no such message. Look for it in the list of messages.")
        if row.family_id is not None:
            await check_family(self._work, row.family_id)
        return read_row(Message, row)

    async def next_due(self, now: datetime) -> Message | None:
        """The one that has waited longest past its time (UTC), locked until the transaction ends; None: nothing is due.

        One that is locked is passed over: another process claims it, or a loss stops it.
        """
        due = select(table).where(_OPEN, table.c.next_attempt_at <= now).order_by(table.c.next_attempt_at, table.c.id)
        row = (await self._session.execute(due.limit(1).with_for_update(skip_locked=True))).one_or_none()
        return None if row is None else read_row(Message, row)

    async def save(self, message: Message) -> None:
        await self._session.execute(update(table).where(table.c.id == message.id).values(**columns_of(message)))
