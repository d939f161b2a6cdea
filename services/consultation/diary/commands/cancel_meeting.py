"""A meeting is not held; whoever booked stays on its list, to be told."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.diary.database.meetings import Meetings
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CancelMeeting:
    meeting_id: UUID
    expected_version: int


async def cancel_meeting(command: CancelMeeting, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    meetings = Meetings(work)
    one = await meetings.get(command.meeting_id)
    one.cancel(work.now, seen=command.expected_version)
    await meetings.save(one)
    work.record("meeting.cancel", one.id)
