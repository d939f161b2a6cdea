"""Let a message leave by email when this transaction has committed; commands and timers of all kinds do this."""

from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import MessageKind
from shared.staff.message import QueueMessage
from shared.unit_of_work import UnitOfWork


async def queue_message(command: QueueMessage[MessageKind], work: UnitOfWork) -> bool:
    """Give False when one of this kind about this was queued before.

    Raises:
        NotFound: nobody in the family has that id.
        RuleBroken: nothing may be sent to this person, they have not agreed to email, or have no address.
    """
    return await Messages(work).queue(command)
