"""They were two families after all."""

from sqlalchemy import update

from services.consultation.consultations.database.families import Families
from services.consultation.database.tables import family
from shared.contracts.family import MergeUndone
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_merge_undone(event: MergeUndone, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    its = family.c.id == event.merged_family_id
    await work.session.execute(update(family).where(its).values(merged_into=None))
    await Families(work).follow_merges()
