"""Keeps what a correction replaces, so that nothing is lost and a mistake can be undone."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from services.referral.database.contact_tables import earlier_version
from shared.unit_of_work import UnitOfWork


async def keep_earlier_version(
    work: UnitOfWork, kind: str, record_id: UUID, version: int, content: dict[str, Any]
) -> None:
    """Add the version that is about to be replaced; `content` is JSON."""
    await work.session.execute(
        insert(earlier_version).values(
            record_id=record_id,
            version=version,
            kind=kind,
            content=content,
            replaced_by=work.actor.id,
            replaced_at=work.now,
        )
    )
