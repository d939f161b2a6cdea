"""Every few minutes: who has an appointment within two days is reminded of it, once for each time it is moved to."""

from datetime import timedelta

from services.referral.people.commands.queue_message import queue_message
from services.referral.people.database.reachable import to_be_reminded
from services.referral.people.domain.message import MessageKind, reminder_key
from services.referral.people.domain.message_words import reminder_words
from services.referral.team.database.team_work import TeamUnits
from shared.kernel.actor import system
from shared.staff.message import QueueMessage, ToPerson

AHEAD = timedelta(hours=48)


async def remind_of_appointments(units: TeamUnits) -> int:
    """Queue a reminder for each person invited who agreed to email and is safe to reach; gives how many."""
    async with units.begin(system()) as work:
        due = await to_be_reminded(work.session, work.now, work.now + AHEAD)
        reminders = [
            QueueMessage(
                MessageKind.APPOINTMENT_REMINDER,
                ToPerson(family_id, person_id),
                reminder_key(contact_id, starts_at, person_id),
                reminder_words(work.team.phone, starts_at),
                expires_at=starts_at,
            )
            for contact_id, family_id, person_id, starts_at in due
        ]
        return sum([await queue_message(reminder, work) for reminder in reminders])
