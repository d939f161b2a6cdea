"""Add to the audit trail, and check it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

Entry = tuple[str, UUID | None]
"""What was done, as a code (`family.read`), and the record that it was done to; none for a list."""


async def add_to_trail(session: AsyncSession, at: datetime, actor: UUID, entries: Sequence[Entry]) -> None:
    """Add entries in their order, in the session's transaction and in one statement however many there are.

    It locks the head of the chain until the transaction ends, so it is the last thing that a transaction does.
    """
    if entries:
        actions, subjects = [action for action, _ in entries], [subject for _, subject in entries]
        await session.execute(_ADD, {"at": at, "actor": actor, "actions": actions, "subjects": subjects})


# The function is volatile, so it is called after the rows are in order.
_ADD = text("""
SELECT audit_add(:at, :actor, entry.action, entry.subject)
FROM unnest(CAST(:actions AS text[]), CAST(:subjects AS uuid[])) WITH ORDINALITY AS entry (action, subject, number)
ORDER BY entry.number
""")


async def first_tampered_entry(session: AsyncSession) -> int | None:
    """The number of the first entry that does not fit the chain, or None when the whole trail holds."""
    return await session.scalar(select(func.audit_verify()))
