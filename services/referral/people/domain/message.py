"""The kinds of message that families and referrers get by email. Source: reference 3.1, 3.4 and 8.1 (H7, H8)."""

from datetime import datetime
from uuid import UUID

from shared.contracts.vocabulary import Code


class MessageKind(Code):
    APPOINTMENT_REMINDER = "appointment_reminder", "Reminder of an appointment"
    MEASURE_LINK = "measure_link", "Link to a questionnaire"
    LETTER_READY = "letter_ready", "A letter is on its way"
    REFERRAL_LINK = "referral_link", "Link to a referral that is not finished"
    RECEIPT = "receipt", "Copy of a receipt"
    PROMISE_OVERDUE = "promise_overdue", "To our own duty: a promise is overdue"


def reminder_key(contact_id: UUID, starts_at: datetime, person_id: UUID) -> str:
    """What a reminder is about: one for each appointment, time (UTC) and person."""
    return f"{contact_id}:{int(starts_at.timestamp())}:{person_id}"
