"""Who asked for a copy of a record, and which must be answered next?"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.family_tables import person
from services.referral.database.governance_tables import subject_access
from services.referral.governance.domain.subject_access import AccessOutcome, AskerRelation
from services.referral.governance.queries.break_glass_list import reference_of
from services.referral.people.domain.family import shown_name
from services.referral.staff.database.record_access import may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.database.mapping import read_row
from shared.staff.filter import Yes
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AccessFilter:
    closed: Yes | None = None
    """Those that ended."""


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


def subject_access_list(work: UnitOfWork, chosen: AccessFilter) -> Listing[AccessLine]:
    """Open ones, the first due first; or those that ended, the newest first."""
    is_closed = subject_access.c.closed_on.is_not(None)
    query = (
        select(
            subject_access,
            person.c.name,
            person.c.born_on,
            person.c.birth_order,
            reference_of(subject_access.c.family_id).label("reference"),
            may_see(subject_access.c.family_id, work.actor, work.now).label("may_see"),
        )
        .join(person, person.c.id == subject_access.c.subject_id)
        .where(is_closed if chosen.closed else ~is_closed)
        .order_by(subject_access.c.closed_on.desc() if chosen.closed else subject_access.c.due_on, subject_access.c.id)
    )
    return found_by(query, partial(_line, today=work.today))


def _line(row: Any, today: date) -> AccessLine:
    return read_row(
        AccessLine,
        row,
        request_id=row.id,
        reference=row.reference or "",
        about=shown_name(row.name, row.birth_order) if row.may_see else RESTRICTED,
        asked_by=row.asked_by if row.may_see else "",
        is_extended=row.extension_reason is not None,
        overdue=row.closed_on is None and row.due_on < today,
    )
