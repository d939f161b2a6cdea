"""Somebody asked the team about a family by name: it stands on the family's timeline."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.consultation_tables import heard_consultation
from services.referral.database.family_tables import family
from shared.contracts.consultation import ConsultationHeld, ConsultationIdentified
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_held(event: ConsultationHeld, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    """One that names no family is not this service's business."""
    if event.family_id is not None:
        await hear(event, work)


async def hear(event: ConsultationHeld | ConsultationIdentified, work: UnitOfWork) -> None:
    """Of the family that the record is part of today; a family that is gone has no timeline."""
    its = select(func.coalesce(family.c.merged_into, family.c.id)).where(family.c.id == event.family_id)
    family_id = await work.session.scalar(its)
    if family_id is None:
        return
    row = insert(heard_consultation).values(
        id=event.consultation_id, family_id=family_id, held_on=event.held_on, kind=event.kind, is_withdrawn=False
    )
    await work.session.execute(row.on_conflict_do_nothing())
