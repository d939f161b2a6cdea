"""Somebody came to a meeting who had not booked."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import MeetingBooking
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY
from shared.contracts.consultation_codes import Profession
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddWalkIn:
    booking_id: UUID
    meeting_id: UUID
    name: str
    profession: Profession
    organisation: str


async def add_walk_in(command: AddWalkIn, work: UnitOfWork) -> None:
    """Nobody is sent away: also over the number of places.

    Raises:
        NotAllowed: the actor is not of the team.
        NotFound: the team has no such meeting.
        RuleBroken: it is to come, was cancelled, or no name is given.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    meetings = Meetings(work)
    meeting = await meetings.get(command.meeting_id)
    meeting.check_held(work.now)
    booking = MeetingBooking(
        command.booking_id,
        meeting.id,
        command.name,
        command.profession,
        command.organisation,
        work.now,
        is_walk_in=True,
        came=True,
        marked_at=work.now,
    )
    booking.check()
    await meetings.add_booking(booking)
    work.record("meeting.mark", meeting.id)
