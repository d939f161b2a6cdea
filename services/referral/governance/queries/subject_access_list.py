"""Who asked for a copy of a record, and which must be answered next?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from services.referral.database.family_tables import person
from services.referral.database.governance_tables import subject_access
from services.referral.governance.domain.subject_access import AccessOutcome, AskerRelation
from services.referral.governance.queries.break_glass_list import reference_of
from services.referral.people.domain.family import shown_name
from services.referral.staff.database.record_access import may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AccessLine:
    """One request."""

    request_id: UUID
    family_id: UUID
    reference: str
    about: str
    """The person's name, or that the record is restricted."""
    asked_by: str
    """Empty where the record is restricted."""
    relation: AskerRelation
    asked_on: date
    due_on: date
    is_extended: bool
    outcome: AccessOutcome | None
    overdue: bool
    may_see: bool


async def subject_access_list(work: UnitOfWork, *, closed: bool = False, page: int | None = 1) -> PageOf[AccessLine]:
    """Open ones, the first due first; or those that ended, the newest first.

    Args:
        page: from 1; None gives all of them.
    """
    query = (
        select(
            subject_access,
            person.c.name,
            person.c.born_on,
            person.c.birth_order,
            reference_of(subject_access.c.family_id).label("reference"),
            may_see(subject_access.c.family_id, work.actor, work.now).label("may_see"),
            func.count().over().label("total"),
        )
        .join(person, person.c.id == subject_access.c.subject_id)
        .where(subject_access.c.closed_on.is_not(None) if closed else subject_access.c.closed_on.is_(None))
        .order_by(subject_access.c.closed_on.desc() if closed else subject_access.c.due_on, subject_access.c.id)
    )
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    rows = (await work.session.execute(query)).all()
    lines = [
        AccessLine(
            request_id=row.id,
            family_id=row.family_id,
            reference=row.reference or "",
            about=shown_name(row.name, row.born_on, row.birth_order) if row.may_see else RESTRICTED,
            asked_by=row.asked_by if row.may_see else "",
            relation=AskerRelation(row.relation),
            asked_on=row.asked_on,
            due_on=row.due_on,
            is_extended=row.extension_reason is not None,
            outcome=AccessOutcome(row.outcome) if row.outcome else None,
            overdue=row.closed_on is None and row.due_on < work.today,
            may_see=row.may_see,
        )
        for row in rows
    ]
    return PageOf(lines, rows[0].total if rows else 0, page or 1)
