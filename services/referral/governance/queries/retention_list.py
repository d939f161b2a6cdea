"""Which records may be reviewed because their date has passed, and what was destroyed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.family_tables import family
from services.referral.database.governance_tables import destruction
from services.referral.governance.database.record_keeping import KeptFamily, kept_columns, kept_from, last_end
from services.referral.governance.domain.retention import RetentionRule
from services.referral.governance.queries.break_glass_list import reference_of
from services.referral.people.domain.age import birthday
from services.referral.staff.database.record_access import check_family, may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.listing import Lines, Listing
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

SHORTEST_YEARS = 10
"""No rule lets a record go earlier, so younger ones are not looked at."""


@dataclass(frozen=True)
class RetentionLine:
    """One family whose date has passed."""

    family_id: UUID
    reference: str
    names: str
    """Of its people, or that the record is restricted."""
    kept: KeptFamily
    destruction_id: UUID | None
    """A destruction that was proposed, and waits for a second person."""
    proposed_by: UUID | None
    proposed_by_name: str | None
    proposal_note: str


@dataclass(frozen=True)
class Tombstone:
    """What stays of a record that was destroyed."""

    family_id: UUID
    rule: RetentionRule
    kept_until: date
    proposed_by_name: str | None
    confirmed_by_name: str | None
    destroyed_at: datetime


async def retention_list(work: UnitOfWork) -> Listing[RetentionLine]:
    """Those that passed first at the top; held ones too, since someone may lift the hold."""
    lines = await _lines(work, last_end() < birthday(work.today, -SHORTEST_YEARS))
    lines.sort(key=lambda line: (line.kept.until or date.max, str(line.family_id)))
    return Lines(lines)


async def proposed_destruction(work: UnitOfWork, destruction_id: UUID) -> RetentionLine:
    """The record that it would destroy, for someone who may see it.

    Raises:
        NotFound: it was decided, or the record's date has not passed any more.
        RestrictedRecord: only named colleagues may see the record, and the actor is none of them.
    """
    lines = await _lines(work, destruction.c.id == destruction_id)
    if not lines:
        raise NotFound("destruction_not_found", "There is no such proposal any more. Look at the list of records.")
    await check_family(work, lines[0].family_id)
    return lines[0]


async def _lines(work: UnitOfWork, condition: ColumnElement[bool]) -> list[RetentionLine]:
    """Those of the families in question whose date has passed."""
    proposed = (
        (destruction.c.family_id == family.c.id)
        & destruction.c.refused_at.is_(None)
        & destruction.c.destroyed_at.is_(None)
    )
    rows = await work.session.execute(
        select(
            family.c.id,
            reference_of(family.c.id).label("reference"),
            may_see(family.c.id, work.actor, work.now).label("may_see"),
            destruction.c.id.label("destruction_id"),
            destruction.c.proposed_by,
            destruction.c.proposal_note,
            colleague.c.name.label("proposed_by_name"),
            *kept_columns(),
        )
        .select_from(family)
        .outerjoin(destruction, proposed)
        .outerjoin(colleague, colleague.c.id == destruction.c.proposed_by)
        .where(family.c.merged_into.is_(None), condition)
    )
    found = [(kept_from(row), row) for row in rows]
    return [
        read_row(
            RetentionLine,
            row,
            family_id=row.id,
            reference=row.reference or "",
            names=kept.names if row.may_see else RESTRICTED,
            kept=kept,
            proposal_note=(row.proposal_note or "") if row.may_see else "",
        )
        for kept, row in found
        if kept.until is not None and kept.until < work.today
    ]


async def tombstones(session: AsyncSession, *, most: int = 100) -> Sequence[Tombstone]:
    """The newest first."""
    proposer, confirmer = colleague.alias("proposer"), colleague.alias("confirmer")
    rows = await session.execute(
        select(destruction, proposer.c.name.label("proposed_by_name"), confirmer.c.name.label("confirmed_by_name"))
        .outerjoin(proposer, proposer.c.id == destruction.c.proposed_by)
        .outerjoin(confirmer, confirmer.c.id == destruction.c.confirmed_by)
        .where(destruction.c.destroyed_at.is_not(None))
        .order_by(destruction.c.destroyed_at.desc(), destruction.c.id)
        .limit(most)
    )
    return [read_row(Tombstone, row) for row in rows]
