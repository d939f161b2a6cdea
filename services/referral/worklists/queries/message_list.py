"""Which messages failed, wait, left or were stopped? The newest first."""

from sqlalchemy import case, func

from services.referral.database.family_tables import person
from services.referral.people.database.messages import Messages
from services.referral.staff.database.record_access import may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.staff.listing import Listing
from shared.staff.message_list import MessageFilter, MessageLine, find_messages
from shared.unit_of_work import UnitOfWork


def message_list(work: UnitOfWork, chosen: MessageFilter) -> Listing[MessageLine]:
    """One statement; nobody is named of a family whose record the actor may not open."""
    message = Messages.table.c
    shown = func.coalesce(person.c.name, message.address, "")
    recipient = case((may_see(message.family_id, work.actor, work.now), shown), else_=RESTRICTED)
    return find_messages(
        Messages, chosen, recipient, lambda query: query.outerjoin(person, person.c.id == message.person_id)
    )
