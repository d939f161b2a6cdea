"""Somebody of a family agrees no longer."""

from services.consultation.consultations.database.families import Families
from shared.contracts.family import ConsentWithdrawn
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consent_withdrawn(event: ConsentWithdrawn, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await Families(work).agree(event.family_id, event.scope, agrees=False)
