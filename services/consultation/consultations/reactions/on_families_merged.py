"""Two families were one: what was asked about either is the kept one's."""

from sqlalchemy.dialects.postgresql import insert

from services.consultation.consultations.database.families import Families
from services.consultation.database.tables import family
from shared.contracts.family import FamiliesMerged
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_families_merged(event: FamiliesMerged, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    """The consultation keeps the id that it was logged with, so that an undone merge loses nothing."""
    kept, merged = event.kept_family_id, event.merged_family_id
    await work.session.execute(insert(family).values(id=kept).on_conflict_do_nothing())
    row = insert(family).values(id=merged, merged_into=kept)
    await work.session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"merged_into": kept}))
    await Families(work).follow_merges()
