"""Which emails failed, wait, left or were stopped? The newest first."""

from typing import Any

from sqlalchemy import Select, func

from services.consultation.database.tables import meeting_booking
from services.consultation.diary.database.meeting_messages import MeetingMessages
from shared.staff.listing import Listing
from shared.staff.message_list import MessageFilter, MessageLine, find_messages
from shared.unit_of_work import UnitOfWork


def message_list(work: UnitOfWork, chosen: MessageFilter) -> Listing[MessageLine]:  # noqa: ARG001 - all see all
    """One statement; whoever booked is named as they named themselves."""
    recipient = func.coalesce(meeting_booking.c.name, MeetingMessages.table.c.address, "")
    return find_messages(MeetingMessages, chosen, recipient, _with_their_booking)


def _with_their_booking(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(meeting_booking, meeting_booking.c.id == MeetingMessages.table.c.booking_id)
