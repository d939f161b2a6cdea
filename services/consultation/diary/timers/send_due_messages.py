"""Every few seconds: the next message leaves by email, if it still may."""

from typing import Any

from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.staff.database.consultation_work import ConsultationUnits
from shared.mail import MailServer
from shared.staff.message_sending import send_next


async def send_due_messages(units: ConsultationUnits) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due, or the team has no mail server."""
    sender = units.sender
    if not sender.mail_server:
        return 0
    queue: Any = MeetingMessages
    return await send_next(units, queue, MailServer(sender.mail_server, sender.mail_sender).send)
