"""Destructions of records as stored; the database carries them out, and only when two people decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.governance_tables import destruction as table
from services.referral.governance.domain.destruction import Destruction
from services.referral.governance.domain.retention import RetentionRule
from services.referral.staff.database.record_access import check_family
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Destructions:
    """The proposals of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, proposal: Destruction, at: datetime) -> bool:
        """False when there is one for the family that nobody has decided."""
        stored = await self._session.scalar(
            insert(table)
            .values(
                id=proposal.id,
                family_id=proposal.family_id,
                rule=proposal.rule,
                kept_until=proposal.kept_until,
                proposed_by=proposal.proposed_by,
                proposed_at=at,
                proposal_note=proposal.note,
            )
            .on_conflict_do_nothing()
            .returning(table.c.id)
        )
        return stored is not None

    async def get_to_change(self, destruction_id: UUID) -> Destruction:
        """Raises NotFound when this team has no such proposal."""
        found = await self._session.execute(select(table).where(table.c.id == destruction_id).with_for_update())
        if (row := found.one_or_none()) is None:
            raise NotFound("destruction_not_found", "There is no such proposal. Look for it in the list of records.")
        await check_family(self._work, row.family_id)
        return _destruction(row)

    async def refuse(self, destruction_id: UUID, by: UUID, at: datetime) -> None:
        await self._session.execute(
            update(table).where(table.c.id == destruction_id).values(refused_by=by, refused_at=at)
        )

    async def carry_out(self, destruction_id: UUID, by: UUID, at: datetime) -> None:
        """Nothing brings the record back once the transaction has committed; the audit trail and the tombstone stay."""
        await self._session.execute(
            update(table).where(table.c.id == destruction_id).values(confirmed_by=by, confirmed_at=at)
        )
        await self._session.execute(select(func.destroy_record(destruction_id, at)))


def _destruction(row: Any) -> Destruction:
    is_open = row.confirmed_at is None and row.refused_at is None
    rule = RetentionRule(row.rule)
    return Destruction(row.id, row.family_id, rule, row.kept_until, row.proposed_by, row.proposal_note, is_open=is_open)
