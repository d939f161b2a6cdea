"""Meetings and their places as stored."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.tables import meeting, meeting_booking
from services.consultation.diary.domain.meeting import Meeting, MeetingBooking
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Meetings:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: Meeting) -> bool:
        """Says whether it was stored: one that was sent twice is stored once."""
        stored = insert(meeting).values(columns_of(one)).on_conflict_do_nothing().returning(meeting.c.id)
        return await self._session.scalar(stored) is not None

    async def get(self, meeting_id: UUID) -> Meeting:
        """Locked until the transaction ends. Raises NotFound when the team has no such meeting."""
        query = select(meeting).where(meeting.c.id == meeting_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("meeting_unknown", "There is no such meeting. Go back to the list.")
        return read_row(Meeting, row)

    async def save(self, one: Meeting) -> None:
        await self._session.execute(update(meeting).where(meeting.c.id == one.id).values(columns_of(one, without="id")))

    async def count(self, meeting_id: UUID) -> int:
        """How many places are taken."""
        taken = select(func.count()).select_from(meeting_booking).where(meeting_booking.c.meeting_id == meeting_id)
        return await self._session.scalar(taken) or 0

    async def has_booking(self, booking_id: UUID) -> bool:
        its = select(meeting_booking.c.id).where(meeting_booking.c.id == booking_id)
        return await self._session.scalar(its) is not None

    async def add_booking(self, one: MeetingBooking) -> None:
        await self._session.execute(insert(meeting_booking).values(columns_of(one)).on_conflict_do_nothing())

    async def booking(self, meeting_id: UUID, booking_id: UUID) -> MeetingBooking:
        """Raises NotFound when the meeting has no such place."""
        its = meeting_booking.c.id == booking_id, meeting_booking.c.meeting_id == meeting_id
        row = (await self._session.execute(select(meeting_booking).where(*its).with_for_update())).one_or_none()
        if row is None:
            raise NotFound("booking_unknown", "Nobody has this place. Look at the register.")
        return read_row(MeetingBooking, row)

    async def save_booking(self, one: MeetingBooking) -> None:
        its = meeting_booking.c.id == one.id
        await self._session.execute(update(meeting_booking).where(its).values(columns_of(one, without="id")))
