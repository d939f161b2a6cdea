"""A consultation was entered by mistake: the family's timeline no longer tells of it."""

from sqlalchemy import update

from services.referral.database.consultation_tables import heard_consultation
from shared.contracts.consultation import ConsultationWithdrawn
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_withdrawn(event: ConsultationWithdrawn, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    its = heard_consultation.c.id == event.consultation_id
    await work.session.execute(update(heard_consultation).where(its).values(is_withdrawn=True))
