"""A consultation was entered by mistake: the family's timeline no longer tells of it."""

from services.referral.contacts.database.heard_consultations import HeardConsultations
from shared.contracts.consultation import ConsultationWithdrawn
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_withdrawn(event: ConsultationWithdrawn, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await HeardConsultations(work).forget(event)
