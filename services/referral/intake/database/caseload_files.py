"""Files of a caseload as stored: only that they were taken in, known by the hash of their content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.intake_tables import caseload_file


@dataclass(frozen=True)
class TakenIn:
    at: datetime
    """UTC."""
    families: int


class CaseloadFiles:
    """The files of one team."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def taken_in(self, content_hash: bytes) -> TakenIn | None:
        """When the same file was taken in; two attempts at once wait here for one another."""
        lock = func.pg_advisory_xact_lock(func.hashtextextended(content_hash.hex(), 0))
        await self._session.execute(select(lock))
        found = await self._session.execute(select(caseload_file).where(caseload_file.c.content_hash == content_hash))
        row = found.one_or_none()
        return None if row is None else TakenIn(row.imported_at, row.families)

    async def add(self, content_hash: bytes, by: UUID, at: datetime, families: int) -> None:
        await self._session.execute(
            insert(caseload_file),
            {"content_hash": content_hash, "imported_by": by, "imported_at": at, "families": families},
        )
