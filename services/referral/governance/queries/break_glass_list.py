"""Who opened restricted records in an emergency, and was it right? Names of families are not in it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.governance_tables import break_glass
from services.referral.database.tables import colleague, episode, referral
from services.referral.people.domain.restriction import BreakGlassFinding
from shared.kernel.errors import NotFound
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf


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


async def break_glass_list(
    session: AsyncSession, today: date, *, to_review: bool = True, page: int | None = 1
) -> PageOf[OpeningLine]:
    """Those that wait for a review, the first due first; or all of them, the newest first.

    Args:
        page: from 1; None gives all of them.
    """
    query = _query(func.count().over().label("total"))
    if to_review:
        query = query.where(break_glass.c.reviewed_at.is_(None)).order_by(break_glass.c.review_due_on, break_glass.c.id)
    else:
        query = query.order_by(break_glass.c.opened_at.desc(), break_glass.c.id)
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    rows = (await session.execute(query)).all()
    return PageOf([_line(row, today) for row in rows], rows[0].total if rows else 0, page or 1)


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


def _query(*more: ColumnElement[Any]) -> Select[Any]:
    return select(
        break_glass, colleague.c.name, reference_of(break_glass.c.family_id).label("reference"), *more
    ).outerjoin(colleague, colleague.c.id == break_glass.c.opened_by)


def _line(row: Any, today: date) -> OpeningLine:
    return OpeningLine(
        break_glass_id=row.id,
        family_id=row.family_id,
        reference=row.reference or "",
        opened_by=row.opened_by,
        opened_by_name=row.name,
        opened_at=row.opened_at,
        until=row.until,
        reason=row.reason,
        review_due_on=row.review_due_on,
        finding=BreakGlassFinding(row.finding) if row.finding else None,
        review_note=row.review_note or "",
        reviewed_at=row.reviewed_at,
        overdue=row.reviewed_at is None and row.review_due_on < today,
    )
