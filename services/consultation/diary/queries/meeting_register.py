"""Who booked a place in a meeting, and who came?"""

from uuid import UUID

from sqlalchemy import func, select

from services.consultation.database.tables import meeting_booking
from services.consultation.diary.domain.meeting import MeetingBooking
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork


async def meeting_register(work: UnitOfWork, meeting_id: UUID) -> list[MeetingBooking]:
    """By first name, because that is what people say."""
    stands = meeting_booking.c.meeting_id == meeting_id, meeting_booking.c.given_up_at.is_(None)
    its = select(meeting_booking).where(*stands)
    rows = await work.session.execute(its.order_by(func.lower(meeting_booking.c.name), meeting_booking.c.id))
    return [read_row(MeetingBooking, row) for row in rows]
