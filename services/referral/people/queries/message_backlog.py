"""How many messages wait to leave, and how many did not get through?"""

from collections.abc import Mapping

from services.referral.people.database.messages import Messages
from shared.unit_of_work import UnitOfWork


async def message_backlog(work: UnitOfWork) -> Mapping[str, int]:
    """`mail_waiting` and `mail_failed`, of the whole team."""
    return await Messages(work).backlog()
