"""After a loss nothing is sent: the family's messages stop in the same transaction. Source: reference 8.1, H8."""

from services.referral.domain.family import Family
from shared.unit_of_work import UnitOfWork


async def silence(family: Family, work: UnitOfWork) -> None:
    """Stop what waits to be sent, and whatever would be; booked appointments stay in the diary, without a reminder.

    The caller saves the family.
    """
    family.messages_stopped_at = family.messages_stopped_at or work.now
