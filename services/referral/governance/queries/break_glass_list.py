"""Who opened restricted records in an emergency, and was it right? Names of families are not in it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.governance_tables import break_glass
from services.referral.database.tables import episode, referral
from services.referral.people.domain.restriction import BreakGlassFinding
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.filter import Yes
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague


@dataclass(frozen=True)
class OpeningFilter:
    every: Yes | None = None
    """Also those that were reviewed."""


@dataclass(frozen=True)
class OpeningLine:
    """One opening of a restricted record."""

    break_glass_id: UUID
    family_id: UUID
    reference: str
    """Of the family's newest referral."""
    opened_by: UUID
    opened_by_name: str | None
    opened_at: datetime
    until: datetime
    reason: str
    review_due_on: date
    finding: BreakGlassFinding | None
    review_note: str
    reviewed_at: datetime | None
    overdue: bool
    """Its review was due before today, and nobody made it."""


def break_glass_list(today: date, chosen: OpeningFilter) -> Listing[OpeningLine]:
    """Those that wait for a review, the first due first; or all of them, the newest first."""
    if chosen.every:
        query = _query().order_by(break_glass.c.opened_at.desc(), break_glass.c.id)
    else:
        query = (
            _query().where(break_glass.c.reviewed_at.is_(None)).order_by(break_glass.c.review_due_on, break_glass.c.id)
        )
    return found_by(query, partial(_line, today=today))


async def one_opening(session: AsyncSession, break_glass_id: UUID, today: date) -> OpeningLine:
    """Raises NotFound when this team has no such opening."""
    row = (await session.execute(_query().where(break_glass.c.id == break_glass_id))).one_or_none()
    if row is None:
        raise NotFound("break_glass_not_found", "There is no such opening. Look for it in the list of openings.")
    return _line(row, today)


def reference_of(family_id: ColumnElement[Any]) -> ColumnElement[str]:
    """The reference of the newest referral of a row's family: what a restricted record is called."""
    return (
        select(referral.c.reference)
        .join(episode, episode.c.referral_id == referral.c.id)
        .where(episode.c.family_id == family_id)
        .order_by(episode.c.opened_on.desc(), episode.c.id.desc())
        .limit(1)
        .correlate_except(referral, episode)
        .scalar_subquery()
    )


def _query() -> Select[Any]:
    reference = reference_of(break_glass.c.family_id).label("reference")
    return select(break_glass, colleague.c.name, reference).outerjoin(
        colleague, colleague.c.id == break_glass.c.opened_by
    )


def _line(row: Any, today: date) -> OpeningLine:
    return read_row(
        OpeningLine,
        row,
        break_glass_id=row.id,
        reference=row.reference or "",
        opened_by_name=row.name,
        review_note=row.review_note or "",
        overdue=row.reviewed_at is None and row.review_due_on < today,
    )
