"""Keeps what a correction replaces, so that nothing is lost and a mistake can be undone; and finds it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import SelectBase, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.staff.tables import colleague
from shared.staff.tables import earlier_version as table
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EarlierVersion:
    """What a correction replaced."""

    version: int
    kind: str
    content: Mapping[str, Any]
    replaced_at: datetime
    """UTC."""
    replaced_by: str | None
    """A colleague's name; None when it is not on record."""


async def keep_earlier_version(
    work: UnitOfWork, kind: str, record_id: UUID, version: int, content: dict[str, Any]
) -> None:
    """Add the version that is about to be replaced; `content` is JSON."""
    await work.session.execute(
        insert(table).values(
            record_id=record_id,
            version=version,
            kind=kind,
            content=content,
            replaced_by=work.actor.id,
            replaced_at=work.now,
        )
    )


async def find_earlier_versions(
    session: AsyncSession, records: Sequence[UUID] | SelectBase, *, most: int | None = None
) -> Sequence[EarlierVersion]:
    """Of these records, the newest first; whether someone may see them is the caller's to ask."""
    rows = await session.execute(
        select(table, colleague.c.name)
        .outerjoin(colleague, colleague.c.id == table.c.replaced_by)
        .where(table.c.record_id.in_(records))
        .order_by(table.c.replaced_at.desc(), table.c.record_id, table.c.version.desc())
        .limit(most)
    )
    return [EarlierVersion(row.version, row.kind, row.content, row.replaced_at, row.name) for row in rows]
