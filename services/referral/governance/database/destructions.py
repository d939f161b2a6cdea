"""Destructions of records as stored; the database carries them out, and only when two people decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.governance_tables import destruction as table
from services.referral.governance.domain.destruction import Destruction
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
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
            .values(**columns_of(proposal, without="note is_open"), proposed_at=at, proposal_note=proposal.note)
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
        is_open = row.confirmed_at is None and row.refused_at is None
        return read_row(Destruction, row, note=row.proposal_note, is_open=is_open)

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
