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
        its = meeting_booking.c.meeting_id == meeting_id, meeting_booking.c.given_up_at.is_(None)
        return await self._session.scalar(select(func.count()).select_from(meeting_booking).where(*its)) or 0

    async def find_booking(self, booking_id: UUID) -> MeetingBooking | None:
        row = (
            await self._session.execute(select(meeting_booking).where(meeting_booking.c.id == booking_id))
        ).one_or_none()
        return read_row(MeetingBooking, row) if row else None

    async def booking_by_id(self, booking_id: UUID) -> MeetingBooking:
        """Raises NotFound when nobody has or had such a place."""
        if (one := await self.find_booking(booking_id)) is None:
            raise _no_place()
        return one

    async def booking_by_secret(self, secret: str) -> MeetingBooking:
        """Raises NotFound when no place has this address."""
        its = meeting_booking.c.secret == secret, meeting_booking.c.secret != ""
        row = (await self._session.execute(select(meeting_booking).where(*its))).one_or_none()
        if row is None:
            raise NotFound("booking_unknown", "There is no such booking. Check that all of the link was copied.")
        return read_row(MeetingBooking, row)

    async def bookings(self, meeting_id: UUID) -> list[MeetingBooking]:
        """Those that stand."""
        its = meeting_booking.c.meeting_id == meeting_id, meeting_booking.c.given_up_at.is_(None)
        rows = await self._session.execute(select(meeting_booking).where(*its).order_by(meeting_booking.c.id))
        return [read_row(MeetingBooking, row) for row in rows]

    async def add_booking(self, one: MeetingBooking) -> None:
        await self._session.execute(insert(meeting_booking).values(columns_of(one)).on_conflict_do_nothing())

    async def booking(self, meeting_id: UUID, booking_id: UUID) -> MeetingBooking:
        """Raises NotFound when the meeting has no such place."""
        its = meeting_booking.c.id == booking_id, meeting_booking.c.meeting_id == meeting_id
        stands = select(meeting_booking).where(*its, meeting_booking.c.given_up_at.is_(None))
        row = (await self._session.execute(stands.with_for_update())).one_or_none()
        if row is None:
            raise _no_place()
        return read_row(MeetingBooking, row)

    async def save_booking(self, one: MeetingBooking) -> None:
        its = meeting_booking.c.id == one.id
        await self._session.execute(update(meeting_booking).where(its).values(columns_of(one, without="id")))


def _no_place() -> NotFound:
    return NotFound("booking_unknown", "Nobody has this place. Look at the register.")
