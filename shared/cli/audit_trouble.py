"""What is wrong with an audit trail: its chain does not hold, or it is not what the region heard of it."""

from collections.abc import Sequence

import asyncpg

from shared.audit.trail import first_tampered_entry, first_unlike
from shared.contracts.audit_head import AuditHead
from shared.kernel.postgres import Connection

WHAT_TO_DO = (
    "Tell the information governance lead, and compare with the last backup; when that is settled, say so with "
    "`pairs team restored`."
)

_CONTRADICTIONS = {
    "went_back": "it ends before entry {number}, which the region heard of",
    "changed": "entry {number} is not what the region heard",
    "vanished": "the region hears nothing of it any more",
}


async def audit_trouble(connection: Connection, heard: Sequence[asyncpg.Record]) -> str | None:
    """In words; None when all is well.

    Args:
        connection: to the service's database.
        heard: the rows of the region's `audit_head_heard` about it.
    """
    if (tampered := await first_tampered_entry(connection)) is not None:
        return f"entry {tampered} was tampered with"
    history = max((row["history"] for row in heard), default=0)
    for row in heard:
        if row["history"] == history and row["contradiction"]:
            return _CONTRADICTIONS[row["contradiction"]].format(number=row["number"])
    kept = [AuditHead(row["number"], row["hash"]) for row in heard if row["history"] == history]
    if (unlike := await first_unlike(connection, kept)) is not None:
        return f"entry {unlike} is not what the region heard"
    if await connection.fetchval("SELECT simulated FROM audit_head"):
        return "its entries have the time that the application gives, and not the database's"
    return None
