"""Leave as stored."""

from uuid import UUID

from sqlalchemy import insert, select, update

from services.consultation.database.supervision_tables import supervision_leave as table
from services.consultation.supervision.domain.supervision_agreement import Leave
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Leaves:
    """Those of one team. Whether the actor may see whose it is, is asked of `Agreements`."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, leave: Leave) -> None:
        await self._session.execute(insert(table).values(columns_of(leave)))

    async def get_to_change(self, leave_id: UUID) -> Leave:
        """Locked until the transaction ends. Raises NotFound when the team has no such leave."""
        query = select(table).where(table.c.id == leave_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise NotFound("leave_unknown", "There is no such leave. Go back to the supervision page.")
        return read_row(Leave, row)

    async def save(self, leave: Leave) -> None:
        its = table.c.id == leave.id
        await self._session.execute(update(table).where(its).values(columns_of(leave, without="id")))
