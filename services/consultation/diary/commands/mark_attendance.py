"""Somebody came to a meeting, or did not."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meetings import Meetings
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MarkAttendance:
    meeting_id: UUID
    booking_id: UUID
    came: bool


async def mark_attendance(command: MarkAttendance, work: UnitOfWork) -> None:
    """The same tap a second time changes nothing.

    Raises:
        NotAllowed: the actor is not of the team.
        NotFound: there is no such place.
        RuleBroken: the meeting is to come, or was cancelled.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    meetings = Meetings(work)
    (await meetings.get(command.meeting_id)).check_held(work.now)
    booking = await meetings.booking(command.meeting_id, command.booking_id)
    if booking.came == command.came:
        return
    booking.came, booking.marked_at = command.came, work.now
    await meetings.save_booking(booking)
    work.record("meeting.mark", command.meeting_id)
