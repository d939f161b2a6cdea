"""A meeting is not held; whoever booked is told by email, and stays on its list."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting_message import MeetingMessage
from services.consultation.staff.database.consultation_work import ConsultationWork
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY


@dataclass(frozen=True)
class CancelMeeting:
    meeting_id: UUID
    expected_version: int


async def cancel_meeting(command: CancelMeeting, work: ConsultationWork) -> None:
    """Raises NotAllowed, NotFound, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    meetings = Meetings(work)
    one = await meetings.get(command.meeting_id)
    one.cancel(work.now, seen=command.expected_version)
    await meetings.save(one)
    for booked in await meetings.bookings(one.id):
        await MeetingMessages(work).tell(MeetingMessage.CALLED_OFF, booked, one)
    work.record("meeting.cancel", one.id)
