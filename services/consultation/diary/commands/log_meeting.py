"""The register of a meeting becomes a consultation."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.consultations.commands.log_consultation import LogConsultation, log_consultation
from services.consultation.consultations.domain.consultation import About, Asker, Talk
from services.consultation.consultations.queries.usual_answers import usual_of
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import MeetingKind
from services.consultation.diary.queries.meeting_register import meeting_register
from shared.contracts.consultation_codes import ConsultationKind, ConsultationMode, Profession
from shared.kernel.clock import london_date
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

_KINDS = {
    MeetingKind.REFLECTIVE_GROUP: ConsultationKind.REFLECTIVE_PRACTICE,
    MeetingKind.DROP_IN: ConsultationKind.ADVICE_LINE,
}


@dataclass(frozen=True)
class LogMeeting:
    meeting_id: UUID


async def log_meeting(command: LogMeeting, work: UnitOfWork) -> None:
    """It has the meeting's own id, so however often it is pressed there is one.

    Raises:
        NotFound: the team has no such meeting.
        RuleBroken: it is to come, was cancelled, or nobody came.
        NotAllowed: the actor does not advise.
    """
    meeting = await Meetings(work).get(command.meeting_id)
    meeting.check_held(work.now)
    came = [one for one in await meeting_register(work, meeting.id) if one.came]
    if not came:
        raise RuleBroken("meeting_empty", "Mark who came first: nobody is marked yet.")
    usual = await usual_of(work, meeting.organisation_id)
    professions = {one.profession for one in came}
    profession = professions.pop() if len(professions) == 1 else usual.profession or Profession.OTHER
    await log_consultation(
        LogConsultation(
            meeting.id,
            london_date(meeting.starts_at),
            meeting.minutes,
            ConsultationMode.IN_PERSON,
            Asker(meeting.organisation_id, profession, usual.tier, people=len(came)),
            About(_KINDS[meeting.kind]),
            Talk(f"{meeting.kind.label}: {meeting.topic}", frozenset()),
        ),
        work,
    )
