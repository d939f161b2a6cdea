"""Somebody books a place for themselves."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import MeetingBooking
from services.consultation.diary.domain.meeting_message import MeetingMessage
from services.consultation.staff.database.consultation_work import ConsultationWork
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import RuleBroken

BYTES_OF_A_SECRET = 20


@dataclass(frozen=True)
class BookMeeting:
    booking_id: UUID
    """The same for the same form sent twice, which is one place."""
    meeting_id: UUID
    name: str
    profession: Profession
    organisation: str
    email: str = ""
    """Where the confirmation and its calendar file go; empty: nowhere, and then there is no link to give it up by."""


async def book_meeting(command: BookMeeting, work: ConsultationWork) -> MeetingBooking:
    """Judged under the meeting's lock, so no place is given twice. Anyone may book, so no role is asked for.

    Raises:
        NotFound: the team has no such meeting.
        RuleBroken: it began, was cancelled or is full, or no name is given.
    """
    meetings = Meetings(work)
    meeting = await meetings.get(command.meeting_id)
    if booked := await meetings.find_booking(command.booking_id):
        return booked
    meeting.check_open(work.now)
    if await meetings.count(meeting.id) >= meeting.places:
        raise RuleBroken("meeting_full", "The last place has just gone. Choose another day, or come all the same.")
    booking = MeetingBooking(
        command.booking_id,
        meeting.id,
        command.name,
        command.profession,
        command.organisation,
        work.now,
        email=command.email,
        secret=secrets.token_urlsafe(BYTES_OF_A_SECRET) if command.email else "",
    )
    booking.check()
    await meetings.add_booking(booking)
    await MeetingMessages(work).tell(MeetingMessage.BOOKED, booking, meeting)
    work.record("meeting.book", meeting.id)
    return booking
