"""Whose parcels are they?"""

from uuid import UUID

from sqlalchemy import select

from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tables import parcel


async def family_of(parcel_id: UUID, work: UnitOfWork) -> UUID:
    """Raises NotFound when there is no such parcel."""
    family_id = await work.session.scalar(select(parcel.c.family_id).where(parcel.c.id == parcel_id))
    if family_id is None:
        raise NotFound("parcel_unknown", "There is no such parcel. Go back to the list.")
    return family_id
