"""What support has a family had, and why did it change?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from services.referral.database.tables import tier_assignment
from services.referral.people.domain.support import Support
from services.referral.staff.database.record_access import check_episode
from shared.contracts.vocabulary import FamilyAgreement, TierMoveReason
from shared.database.mapping import read_row
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TierHistoryLine:
    """The support of a family from one day on."""

    support: Support
    effective_from: date
    reason: TierMoveReason | None
    """None for the support that work began with; so is `family_agreement`."""
    family_agreement: FamilyAgreement | None
    review_on: date | None
    mdt_on: date | None
    note: str
    decided_by: UUID
    decided_by_name: str | None
    """None when the record does not know it."""
    decided_at: datetime


async def tier_history(work: UnitOfWork, episode_id: UUID) -> Sequence[TierHistoryLine]:
    """The newest first; empty when this team has no such episode."""
    await check_episode(work, episode_id)
    found = await work.session.execute(
        select(tier_assignment, colleague.c.name)
        .join_from(tier_assignment, colleague, colleague.c.id == tier_assignment.c.decided_by, isouter=True)
        .where(tier_assignment.c.episode_id == episode_id)
        .order_by(tier_assignment.c.number.desc())
    )
    return [read_row(TierHistoryLine, row, decided_by_name=row.name) for row in found]
