"""What was corrected in a family's record, and who had it restricted or held?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from services.referral.database.governance_tables import record_hold
from services.referral.governance.domain.retention import HoldReason
from services.referral.governance.queries.audited_records import ids_of_family
from services.referral.staff.database.record_access import check_family
from shared.staff.earlier_versions import EarlierVersion, find_earlier_versions
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

MOST_VERSIONS = 100
"""Of corrected records on the page; all of them are in a copy of the record."""


@dataclass(frozen=True)
class HoldLine:
    hold_id: UUID
    reason: HoldReason
    note: str
    placed_by_name: str | None
    placed_at: datetime
    lifted_at: datetime | None
    lift_note: str


async def corrections_of(work: UnitOfWork, family_id: UUID) -> Sequence[EarlierVersion]:
    """The newest first."""
    await check_family(work, family_id)
    return await find_earlier_versions(work.session, ids_of_family(family_id), most=MOST_VERSIONS)


async def holds_of(work: UnitOfWork, family_id: UUID) -> Sequence[HoldLine]:
    """Those in force first."""
    await check_family(work, family_id)
    rows = await work.session.execute(
        select(record_hold, colleague.c.name)
        .outerjoin(colleague, colleague.c.id == record_hold.c.placed_by)
        .where(record_hold.c.family_id == family_id)
        .order_by(record_hold.c.lifted_at.desc().nulls_first(), record_hold.c.placed_at.desc())
    )
    return [
        HoldLine(row.id, HoldReason(row.reason), row.note, row.name, row.placed_at, row.lifted_at, row.lift_note or "")
        for row in rows
    ]
