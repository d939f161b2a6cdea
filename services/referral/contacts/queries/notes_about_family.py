"""What was said about a family outside its sessions, attempts to reach it, and risks that were noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.contacts.domain.liaison import (
    ConsentSought,
    DisclosureBasis,
    Liaison,
    SharedConcern,
)
from services.referral.database.contact_tables import task
from services.referral.database.liaison_tables import liaison, risk_note
from services.referral.staff.database.record_access import check_family
from shared.contracts.pathway_codes import TaskKind
from shared.database.mapping import read_row
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

MOST_NOTES = 100
"""Of a family's newest on its page."""


@dataclass(frozen=True)
class LiaisonLine:
    liaison: Liaison
    practitioner_name: str


@dataclass(frozen=True)
class RiskLine:
    note_id: UUID
    noted_at: datetime
    """UTC."""
    noted_by_name: str | None
    concern: str
    action: str
    told: str
    contact_id: UUID | None
    task_id: UUID | None
    """What must be answered about it."""
    answered_at: datetime | None


async def liaisons_of(work: UnitOfWork, family_id: UUID, *, most: int | None = MOST_NOTES) -> Sequence[LiaisonLine]:
    """The newest first; None gives all of them."""
    await check_family(work, family_id)
    rows = await work.session.execute(
        select(liaison, colleague.c.name)
        .join(colleague, colleague.c.id == liaison.c.practitioner_id)
        .where(liaison.c.family_id == family_id)
        .order_by(liaison.c.happened_at.desc(), liaison.c.id)
        .limit(most)
    )
    return [LiaisonLine(read_row(Liaison, row, disclosure=_disclosure(row)), row.name) for row in rows]


async def risk_notes_of(work: UnitOfWork, family_id: UUID) -> Sequence[RiskLine]:
    """The newest first, each with the task that it raised."""
    await check_family(work, family_id)
    rows = await work.session.execute(
        select(risk_note, colleague.c.name, task.c.id.label("task_id"), task.c.answered_at)
        .outerjoin(colleague, colleague.c.id == risk_note.c.noted_by)
        .outerjoin(task, (task.c.about == risk_note.c.id) & (task.c.kind == TaskKind.RISK_NOTE))
        .where(risk_note.c.family_id == family_id)
        .order_by(risk_note.c.noted_at.desc(), risk_note.c.id)
        .limit(MOST_NOTES)
    )
    return [read_row(RiskLine, row, note_id=row.id, noted_by_name=row.name) for row in rows]


def _disclosure(row: Any) -> SharedConcern | None:
    if not row.disclosed:
        return None
    return SharedConcern(
        row.disclosed,
        row.disclosed_to,
        DisclosureBasis(row.disclosure_basis),
        ConsentSought(row.consent_sought),
        row.no_consent_why,
    )
