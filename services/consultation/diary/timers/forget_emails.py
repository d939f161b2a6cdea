"""Every hour: the email of whoever booked is forgotten the day after the meeting, and so is where we wrote to."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from services.consultation.database.tables import meeting, meeting_booking, message
from services.consultation.staff.database.consultation_work import ConsultationUnits
from shared.kernel.actor import system

KEPT = timedelta(days=1)


async def forget_emails(units: ConsultationUnits) -> int:
    """Gives how many bookings it was; the link leads nowhere any more."""
    async with units.begin(system()) as work:
        over = select(meeting.c.id).where(meeting.c.starts_at < work.now - KEPT)
        said = or_(meeting_booking.c.email != "", meeting_booking.c.secret != "")
        forgotten = update(meeting_booking).where(meeting_booking.c.meeting_id.in_(over), said)
        left = await work.session.scalars(forgotten.values(email="", secret="").returning(meeting_booking.c.id))
        ids = list(left)
        if ids:
            await work.session.execute(update(message).where(message.c.booking_id.in_(ids)).values(address="", link=""))
            work.record("meeting.forget_emails")
        return len(ids)
