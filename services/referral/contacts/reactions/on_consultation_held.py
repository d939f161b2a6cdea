"""Somebody asked the team about a family by name: it stands on the family's timeline."""

from services.referral.contacts.database.heard_consultations import HeardConsultations
from shared.contracts.consultation import ConsultationHeld
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_held(event: ConsultationHeld, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    """One that names no family is not this service's business."""
    await HeardConsultations(work).hear(event)
