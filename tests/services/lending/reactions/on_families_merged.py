"""Two families were one: the parcels of both are the kept one's."""

from sqlalchemy import update

from shared.contracts.family import FamiliesMerged
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tables import family, parcel


async def on_families_merged(event: FamiliesMerged, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    kept, merged = event.kept_family_id, event.merged_family_id
    await work.session.execute(update(family).where(family.c.id == merged).values(merged_into=kept))
    await work.session.execute(update(parcel).where(parcel.c.family_id == merged).values(family_id=kept))
