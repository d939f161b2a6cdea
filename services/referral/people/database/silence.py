"""After a loss nothing is sent: the family's messages stop in the same transaction. Source: reference 8.1, H8."""

from sqlalchemy import update

from services.referral.database.measure_tables import measure_request as link
from services.referral.people.database.messages import Messages
from services.referral.people.domain.family import Family
from shared.unit_of_work import UnitOfWork


async def silence(family: Family, work: UnitOfWork) -> None:
    """Stop what waits to be sent, and whatever would be; booked appointments stay in the diary, without a reminder.

    Links that wait for an answer are taken back, and stay so when messages start again. The caller holds the family's
    lock, and saves it.
    """
    family.messages_stopped_at = family.messages_stopped_at or work.now
    await Messages(work).stop_about(family.id)
    await work.session.execute(
        update(link)
        .where(link.c.family_id == family.id, link.c.revoked_at.is_(None), link.c.answered_at.is_(None))
        .values(revoked_at=work.now, version=link.c.version + 1)
    )
