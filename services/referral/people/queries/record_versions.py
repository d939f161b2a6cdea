"""What stood in a record before it was corrected, and who corrected it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.contact_tables import earlier_version
from services.referral.database.tables import colleague
from services.referral.staff.database.record_access import check_family
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EarlierVersion:
    version: int
    kind: str
    content: Mapping[str, Any]
    replaced_at: datetime
    """UTC."""
    replaced_by: str | None
    """A colleague's name; None when it is not on record."""


async def record_versions(work: UnitOfWork, family_id: UUID, record_id: UUID) -> Sequence[EarlierVersion]:
    """Of something that the caller has found in the family's record; the newest first."""
    await check_family(work, family_id)
    rows = await work.session.execute(
        select(earlier_version, colleague.c.name)
        .outerjoin(colleague, colleague.c.id == earlier_version.c.replaced_by)
        .where(earlier_version.c.record_id == record_id)
        .order_by(earlier_version.c.version.desc())
    )
    return [EarlierVersion(row.version, row.kind, row.content, row.replaced_at, row.name) for row in rows]
