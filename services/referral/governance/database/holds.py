"""Holds on records as stored."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.governance_tables import record_hold as table
from services.referral.governance.domain.retention import HoldReason
from services.referral.staff.database.record_access import check_family
from shared.unit_of_work import UnitOfWork


class Holds:
    """The holds of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, hold_id: UUID, family_id: UUID, reason: HoldReason, note: str, work: UnitOfWork) -> bool:
        """False when one with the same reason is in force."""
        await check_family(self._work, family_id)
        placed = await self._session.scalar(
            insert(table)
            .values(
                id=hold_id,
                family_id=family_id,
                reason=reason,
                note=note,
                placed_by=work.actor.id,
                placed_at=work.now,
            )
            .on_conflict_do_nothing()
            .returning(table.c.id)
        )
        return placed is not None

    async def lift(self, hold_id: UUID, family_id: UUID, note: str, work: UnitOfWork) -> bool:
        """False when this family has no such hold in force."""
        await check_family(self._work, family_id)
        lifted = await self._session.scalar(
            update(table)
            .where(table.c.id == hold_id, table.c.family_id == family_id, table.c.lifted_at.is_(None))
            .values(lifted_by=work.actor.id, lifted_at=work.now, lift_note=note)
            .returning(table.c.id)
        )
        return lifted is not None
