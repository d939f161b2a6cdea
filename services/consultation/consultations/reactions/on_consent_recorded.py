"""Somebody of a family agreed that the team shares what it knows."""

from services.consultation.consultations.database.families import Families
from shared.contracts.family import ConsentRecorded
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consent_recorded(event: ConsentRecorded, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await Families(work).agree(event.family_id, event.scope, agrees=True)
