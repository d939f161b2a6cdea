"""Every few minutes: who has an appointment within two days is reminded of it, once for each time it is moved to."""

from datetime import datetime, timedelta

from services.referral.people.commands.queue_message import QueueMessage, ToPerson, queue_message
from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import MessageKind, reminder_key
from services.referral.people.domain.message_words import reminder_words
from shared.unit_of_work import UnitOfWork

AHEAD = timedelta(hours=48)


async def remind_of_appointments(now: datetime, work: UnitOfWork, team_phone: str) -> int:
    """Queue a reminder for each person invited who agreed to e-mail and is safe to reach; gives how many.

    Args:
        now: UTC.
    """
    count = 0
    for contact_id, family_id, person_id, starts_at in await Messages(work).to_be_reminded(now, now + AHEAD):
        reminder = QueueMessage(
            MessageKind.APPOINTMENT_REMINDER,
            ToPerson(family_id, person_id),
            reminder_key(contact_id, starts_at, person_id),
            reminder_words(team_phone, starts_at),
            expires_at=starts_at,
        )
        count += await queue_message(reminder, work)
    return count
