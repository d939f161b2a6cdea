"""Add to the audit trail, and check it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def add_to_trail(session: AsyncSession, at: datetime, actor: UUID, action: str, subject: UUID | None) -> None:
    """Add one entry in the session's transaction.

    It locks the head of the chain until the transaction ends, so it is the last thing that a transaction does.

    Args:
        action: what was done, as a code: `referral.accept`, `family.read`.
        subject: the record that it was done to; none for a list.
    """
    await session.execute(select(func.audit_add(at, actor, action, subject)))


async def first_tampered_entry(session: AsyncSession) -> int | None:
    """The number of the first entry that does not fit the chain, or None when the whole trail holds."""
    return await session.scalar(select(func.audit_verify()))
