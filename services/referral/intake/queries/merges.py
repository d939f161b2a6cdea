"""Which records were merged into a family's, and what moved?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.intake_tables import family_merge, merge_step
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MergeLine:
    """One merge, done or undone."""

    merge_id: UUID
    kept_family_id: UUID
    merged_family_id: UUID
    reason: str
    merged_at: datetime
    """UTC."""
    merged_by_name: str | None
    """None when the record does not know it, like `undone_by_name`."""
    undone_at: datetime | None
    undone_by_name: str | None
    undoing: str | None
    """Why it was undone."""
    moved: int
    """Values that moved: each says whose a row is."""


async def merges_of(work: UnitOfWork, family_id: UUID) -> Sequence[MergeLine]:
    """The newest first, of the record as the kept or as the merged one; one statement."""
    await check_family(work, family_id)
    own = or_(family_merge.c.kept_family_id == family_id, family_merge.c.merged_family_id == family_id)
    return await _lines(work.session, own)


async def merge_line(work: UnitOfWork, family_id: UUID, merge_id: UUID) -> MergeLine:
    """Raises NotFound when nothing was merged into this family by that id."""
    await check_family(work, family_id)
    found = await _lines(work.session, (family_merge.c.id == merge_id) & (family_merge.c.kept_family_id == family_id))
    if not found:
        raise NotFound("merge_not_found", "This team has no such merge. Look at the family's record.")
    return found[0]


async def _lines(session: AsyncSession, which: ColumnElement[bool]) -> list[MergeLine]:
    merged_by, undone_by = colleague.alias("merged_by_colleague"), colleague.alias("undone_by_colleague")
    moved = select(func.count()).where(merge_step.c.merge_id == family_merge.c.id).scalar_subquery()
    rows = await session.execute(
        select(
            family_merge,
            merged_by.c.name.label("merged_by_name"),
            undone_by.c.name.label("undone_by_name"),
            moved.label("moved"),
        )
        .outerjoin(merged_by, merged_by.c.id == family_merge.c.merged_by)
        .outerjoin(undone_by, undone_by.c.id == family_merge.c.undone_by)
        .where(which)
        .order_by(family_merge.c.merged_at.desc(), family_merge.c.id)
    )
    return [read_row(MergeLine, row, merge_id=row.id) for row in rows]
