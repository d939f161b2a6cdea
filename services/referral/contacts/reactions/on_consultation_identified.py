"""A consultation with no names was about a family of the team: from now on it stands on the family's timeline."""

from services.referral.contacts.database.heard_consultations import HeardConsultations
from shared.contracts.consultation import ConsultationIdentified
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_identified(event: ConsultationIdentified, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await HeardConsultations(work).hear(event)
