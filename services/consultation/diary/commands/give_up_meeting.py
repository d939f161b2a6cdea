"""Somebody gives up their place in a drop-in or a group, by the link that only they have."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting_message import MeetingMessage
from services.consultation.staff.database.consultation_work import ConsultationWork


@dataclass(frozen=True)
class GiveUpMeeting:
    booking_id: UUID


async def give_up_meeting(command: GiveUpMeeting, work: ConsultationWork) -> None:
    """The place is free for the next. Twice is once.

    Raises:
        NotFound: nobody has this place.
        RuleBroken: it has begun, or was cancelled.
    """
    meetings = Meetings(work)
    meeting = await meetings.get((await meetings.booking_by_id(command.booking_id)).meeting_id)
    one = await meetings.booking_by_id(command.booking_id)  # as it is under the meeting's lock
    if one.given_up_at is not None:
        return
    meeting.check_open(work.now)
    one.given_up_at = work.now
    await meetings.save_booking(one)
    await MeetingMessages(work).tell(MeetingMessage.GIVEN_UP, one, meeting)
    work.record("meeting.give_up", meeting.id)
