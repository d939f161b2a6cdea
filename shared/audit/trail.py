"""Add to the audit trail, and check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.audit_head import AuditHead, TrailTold
from shared.kernel.postgres import Connection

Entry = tuple[str, UUID | None]
"""What was done, as a code (`family.read`), and the record that it was done to; none for a list."""


async def add_to_trail(
    session: AsyncSession | AsyncConnection, at: datetime, actor: UUID, entries: Sequence[Entry]
) -> None:
    """Add entries in their order, in the session's transaction and in one statement however many there are.

    Args:
        at: UTC; counts only while an operator lets time be simulated. Otherwise the database says when.

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


async def read_trail(connection: Connection, *, told: int) -> TrailTold | None:
    """Where the trail ends, and what is now at the number that was told before; None when it has no head any more.

    Args:
        told: the largest number that was ever told; 0 when none was.
    """
    row = await connection.fetchrow(_HEAD, told)
    if row is None:
        return None
    head = AuditHead.of(row["number"], row["hash"])
    return TrailTold(head, AuditHead.of(told, row["earlier"]) if told else None)


_HEAD = """
SELECT head.number, head.hash, audit.hash AS earlier
FROM audit_head AS head LEFT JOIN audit ON audit.number = $1
"""


async def first_unlike(connection: Connection, kept: Sequence[AuditHead]) -> int | None:
    """The number of the first entry that is not what someone else kept of it; None when all are."""
    return await connection.fetchval(_UNLIKE, [head.number for head in kept], [head.hash for head in kept])


_UNLIKE = """
SELECT min(kept.number) FROM unnest($1::bigint[], $2::text[]) AS kept (number, hash) LEFT JOIN audit USING (number)
WHERE coalesce(audit.hash, '') <> kept.hash
"""

PIECE = 10_000
"""Entries that are hashed in one statement: about a tenth of a second."""


async def first_tampered_entry(connection: Connection, *, in_pieces_of: int = PIECE) -> int | None:
    """The number of the first entry that does not fit the chain, or None when the whole trail holds."""
    after = 0
    while True:
        [piece] = await connection.fetch("SELECT * FROM audit_verify($1, $2)", after, in_pieces_of)
        if piece["ended"] or piece["wrong"] is not None:
            return piece["wrong"]
        after = piece["up_to"]


@dataclass(frozen=True)
class Check:
    """What is known of the trail from checking it, a piece at a time, round and round."""

    up_to: int
    """How many entries the round that is under way has checked."""
    found: int | None
    """The first entry that it found wrong."""
    checked_at: datetime | None
    """When the last whole round ended (UTC); None: there was none yet."""
    entries: int | None
    """How many entries there were then."""
    wrong: int | None
    """The first entry that was wrong in it."""

    @property
    def first(self) -> int | None:
        """The first entry that is known to be wrong."""
        return self.found if self.found is not None else self.wrong


async def check_on(session: AsyncSession) -> Check:
    """Check the next piece, and say what is known now."""
    await session.execute(select(func.audit_check_on(PIECE)))
    known = await session.execute(text("SELECT up_to, found, checked_at, entries, wrong FROM audit_check"))
    return Check(**known.mappings().one())
