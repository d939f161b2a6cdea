"""Numbers that were left, as stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select, update

from services.referral.database.intake_tables import callback as table
from services.referral.intake.domain.callback import Callback, LeftNumber
from services.referral.people.domain.safe_contact import SafeContact
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Callbacks:
    """The numbers of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def left_before(self, draft_id: UUID) -> Callback | None:
        """What was left in this draft; two presses at once wait here for one another."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(draft_id), 0))))
        row = (await self._session.execute(select(table).where(table.c.draft_id == draft_id))).one_or_none()
        return _callback(row) if row else None

    async def add(self, one: Callback) -> None:
        await self._session.execute(insert(table), columns_of(one))

    async def get(self, callback_id: UUID) -> Callback:
        """Raises NotFound when this team has no such number."""
        return await self._one(select(table).where(table.c.id == callback_id))

    async def get_to_change(self, callback_id: UUID) -> Callback:
        """As `get`, and locked until the transaction ends."""
        return await self._one(select(table).where(table.c.id == callback_id).with_for_update())

    async def save(self, one: Callback) -> None:
        await self._session.execute(update(table).where(table.c.id == one.id).values(columns_of(one)))

    async def open(self) -> Sequence[Callback]:
        """Those that nobody has answered: danger first, then the oldest."""
        query = select(table).where(table.c.answered_at.is_(None))
        rows = await self._session.execute(query.order_by(table.c.in_danger.desc(), table.c.received_at).limit(100))
        return [_callback(row) for row in rows]

    async def destroy(self, answered_before: datetime, most: int) -> Sequence[UUID]:
        """Gives the ids of those that are gone, with the promises about them; the oldest go first."""
        return (await self._session.scalars(select(func.destroy_callbacks(answered_before, most)))).all()

    async def _one(self, query: Select[Any]) -> Callback:
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            raise NotFound("callback_not_found", "This team has no such number. Look for it in the triage queue.")
        return _callback(row)


def _callback(row: Any) -> Callback:
    return read_row(Callback, row, left=read_row(LeftNumber, row, contact=read_row(SafeContact, row)))
