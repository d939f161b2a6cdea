"""Put a drop-in or a reflective practice group into the diary."""

from dataclasses import dataclass

from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import Meeting
from services.consultation.organisations.database.organisations import Organisations
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlanMeeting:
    meeting: Meeting


async def plan_meeting(command: PlanMeeting, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound for the organisation, and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    await Organisations(work).get(command.meeting.organisation_id)
    command.meeting.check(work.now)
    if await Meetings(work).add(command.meeting):
        work.record("meeting.plan", command.meeting.id)
