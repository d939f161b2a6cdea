"""Which emails failed, wait, left or were stopped? The newest first."""

from typing import Any

from sqlalchemy import Select, func

from services.training.database.course_tables import booking
from services.training.database.workforce_tables import person
from services.training.places.database.place_messages import PlaceMessages
from shared.staff.listing import Listing
from shared.staff.message_list import MessageFilter, MessageLine, find_messages
from shared.unit_of_work import UnitOfWork


def message_list(work: UnitOfWork, chosen: MessageFilter) -> Listing[MessageLine]:  # noqa: ARG001 - all see all
    """One statement; an address is named only where nobody of the register has it."""
    message = PlaceMessages.table.c
    name = func.nullif(func.trim(func.concat(person.c.given_name, " ", person.c.family_name)), "")
    recipient = func.coalesce(name, message.address, "")
    return find_messages(PlaceMessages, chosen, recipient, _with_their_person)


def _with_their_person(query: Select[Any]) -> Select[Any]:
    of_it = query.outerjoin(booking, booking.c.id == PlaceMessages.table.c.booking_id)
    return of_it.outerjoin(person, person.c.id == booking.c.person_id)
