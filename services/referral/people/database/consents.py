"""Whether a family agreed to something that is theirs to choose."""

from uuid import UUID

from sqlalchemy import exists, select

from services.referral.database.family_tables import consent
from services.referral.staff.database.record_access import check_family
from shared.contracts.pathway_codes import ConsentScope
from shared.unit_of_work import UnitOfWork


async def has_consent(work: UnitOfWork, family_id: UUID, scope: ConsentScope) -> bool:
    """Someone of the family agreed, and has not taken it back."""
    await check_family(work, family_id)
    given = exists().where(consent.c.family_id == family_id, consent.c.scope == scope, consent.c.withdrawn_on.is_(None))
    return bool(await work.session.scalar(select(given)))
