"""What stood in a record before it was corrected, and who corrected it."""

from collections.abc import Sequence
from uuid import UUID

from services.referral.staff.database.record_access import check_family
from shared.staff.earlier_versions import EarlierVersion, find_earlier_versions
from shared.unit_of_work import UnitOfWork


async def record_versions(work: UnitOfWork, family_id: UUID, record_id: UUID) -> Sequence[EarlierVersion]:
    """Of something that the caller has found in the family's record; the newest first."""
    await check_family(work, family_id)
    return await find_earlier_versions(work.session, [record_id])
