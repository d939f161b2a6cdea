"""Which files of people were sent? The newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.training.database.workforce_tables import organisation
from services.training.database.workforce_tables import workforce_import as table
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ImportLine:
    import_id: UUID
    sent_at: datetime
    sent_by: str | None
    everybody_at: str | None
    added: int
    updated: int
    missing: int
    """Jobs that a file of everybody did not name."""
    state: str


def import_list(work: UnitOfWork) -> Listing[ImportLine]:  # noqa: ARG001 - as every list
    query = (
        select(
            table.c.id,
            table.c.sent_at,
            table.c.stored_at,
            table.c.counts,
            func.octet_length(table.c.content).label("bytes"),
            func.cardinality(table.c.missing).label("missing"),
            colleague.c.name.label("sent_by"),
            organisation.c.name.label("everybody_at"),
        )
        .outerjoin(colleague, colleague.c.id == table.c.sent_by)
        .outerjoin(organisation, organisation.c.id == table.c.everybody_at)
        .order_by(table.c.sent_at.desc(), table.c.id)
    )
    return found_by(query, _line)


def _line(row: Any) -> ImportLine:
    state = "Saved" if row.stored_at else "Not saved yet" if row.bytes else "Thrown away after 30 days"
    counts = row.counts.get("added", 0), row.counts.get("updated", 0)
    return ImportLine(row.id, row.sent_at, row.sent_by, row.everybody_at, *counts, row.missing, state)
