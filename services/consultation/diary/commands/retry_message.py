"""Try an email again that failed."""

from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.staff.database.consultation_work import ConsultationWork
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_DIARY
from shared.staff.message import RetryMessage


async def retry_message(command: RetryMessage, work: ConsultationWork) -> None:
    """It leaves with the next run of the timer.

    Raises:
        NotAllowed: the actor does not keep the diary.
        NotFound: this team has no such message.
        Conflict: it left, was stopped or was tried again since the page was opened.
        RuleBroken: it would come too late.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_DIARY)
    await MeetingMessages(work).retry(command)
