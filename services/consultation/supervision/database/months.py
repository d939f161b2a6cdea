"""Months of supervision that were told, as stored."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.supervision_tables import supervision_month as table
from services.consultation.supervision.domain.supervision_month import SupervisionMonth
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


class SupervisionMonths:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def since(self, month: date) -> dict[date, SupervisionMonth]:
        """By month."""
        rows = await self._session.execute(select(table).where(table.c.month >= month))
        return {row.month: read_row(SupervisionMonth, row) for row in rows}

    async def save(self, one: SupervisionMonth) -> None:
        values = columns_of(one)
        changed = insert(table).values(values).on_conflict_do_update(index_elements=["month"], set_=values)
        await self._session.execute(changed)
