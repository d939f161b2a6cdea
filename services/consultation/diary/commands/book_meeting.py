"""Somebody books a place for themselves."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import MeetingBooking
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BookMeeting:
    booking_id: UUID
    """The same for the same form sent twice, which is one place."""
    meeting_id: UUID
    name: str
    profession: Profession
    organisation: str


async def book_meeting(command: BookMeeting, work: UnitOfWork) -> None:
    """Judged under the meeting's lock, so no place is given twice. Anyone may book, so no role is asked for.

    Raises:
        NotFound: the team has no such meeting.
        RuleBroken: it began, was cancelled or is full, or no name is given.
    """
    meetings = Meetings(work)
    meeting = await meetings.get(command.meeting_id)
    if await meetings.has_booking(command.booking_id):
        return
    meeting.check_open(work.now)
    if await meetings.count(meeting.id) >= meeting.places:
        raise RuleBroken("meeting_full", "The last place has just gone. Choose another day, or come all the same.")
    booking = MeetingBooking(
        command.booking_id, meeting.id, command.name, command.profession, command.organisation, work.now
    )
    booking.check()
    await meetings.add_booking(booking)
    work.record("meeting.book", meeting.id)
