"""Who looks after a family's babies most: whom a new session expects first."""

from uuid import UUID

from sqlalchemy import select

from services.referral.database.family_tables import dyad
from services.referral.staff.database.record_access import check_family
from shared.unit_of_work import UnitOfWork


async def primary_carers(work: UnitOfWork, family_id: UUID) -> frozenset[str]:
    """Ids as text, as a form holds them."""
    await check_family(work, family_id)
    rows = await work.session.scalars(select(dyad.c.carer_id).where(dyad.c.family_id == family_id, dyad.c.is_primary))
    return frozenset(str(one) for one in rows)
