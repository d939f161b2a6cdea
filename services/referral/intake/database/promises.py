"""Promises as stored."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.intake_tables import promise as table
from services.referral.intake.domain.promise import Promise
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


class Promises:
    """The promises of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, promise: Promise) -> bool:
        """False when the same was promised about the same thing before; the first one stands."""
        values: dict[str, Any] = {**columns_of(promise), "version": 1}
        new = insert(table).values(values).on_conflict_do_nothing(index_elements=["about", "kind"])
        return await self._session.scalar(new.returning(table.c.id)) is not None

    async def about(self, thing_id: UUID) -> Sequence[Promise]:
        """What was promised about a referral or a number that was left, the first due first."""
        found = await self._session.execute(select(table).where(table.c.about == thing_id).order_by(table.c.due_at))
        return [read_row(Promise, row) for row in found]
