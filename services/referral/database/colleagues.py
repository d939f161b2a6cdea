"""Names of the people who decide, by the opaque id that the record and the audit trail keep."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import colleague as table


class Colleagues:
    """The staff of one team who have decided something."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def remember(self, colleague_id: UUID, name: str) -> None:
        """Keep the name that this person signs in with."""
        known = insert(table).values(id=colleague_id, name=name)
        await self._session.execute(
            known.on_conflict_do_update(index_elements=["id"], set_={"name": name}, where=table.c.name != name)
        )

    async def name(self, colleague_id: UUID) -> str | None:
        return await self._session.scalar(select(table.c.name).where(table.c.id == colleague_id))
