"""What is booked from one day to another, by whom and with whom: the diary of a practitioner, or of the team."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.contacts.domain.contact import CANCELLED
from services.referral.contacts.domain.diary import DiaryEntry
from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.family_tables import family_member, person
from services.referral.people.domain.person import MemberKind, shown_name
from services.referral.staff.database.record_access import check_family, may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.database.mapping import read_row
from shared.kernel.calendar import london_start
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

MOST_ENTRIES = 3000
"""A week of a team of 100."""
_LAST_TWO = 2


async def diary(work: UnitOfWork, first: date, last: date, practitioner_id: UUID | None = None) -> Sequence[DiaryEntry]:
    """In the order of their times, without what was cancelled; one statement. Whoever may not see a family, sees no
    name.

    Args:
        practitioner_id: whose; None: the whole team's.
    """
    sees = may_see(contact.c.family_id, work.actor, work.now)
    query = (
        select(
            contact,
            colleague.c.name.label("practitioner_name"),
            sees.label("may_see"),
            case((sees, _people())).label("people"),
        )
        .join(colleague, colleague.c.id == contact.c.practitioner_id)
        .where(
            contact.c.starts_at >= london_start(first),
            contact.c.starts_at < london_start(last + timedelta(days=1)),
            func.coalesce(contact.c.attendance, "").not_in(sorted(CANCELLED)),
        )
        .order_by(contact.c.starts_at, contact.c.id)
        .limit(MOST_ENTRIES)
    )
    if practitioner_id is not None:
        query = query.where(contact.c.practitioner_id == practitioner_id)
    return [_entry(row) for row in await work.session.execute(query)]


async def last_visits(work: UnitOfWork, family_id: UUID) -> Sequence[datetime]:
    """When the family's last two appointments began or will begin, the newest first."""
    await check_family(work, family_id)
    starts_at = contact.c.starts_at
    query = select(starts_at).where(contact.c.family_id == family_id, starts_at.is_not(None))
    return (await work.session.scalars(query.order_by(starts_at.desc()).limit(_LAST_TWO))).all()


def _people() -> Any:
    """Who is expected, the babies first."""
    is_baby = family_member.c.kind == MemberKind.BABY
    one = func.jsonb_build_array(person.c.name, person.c.born_on, person.c.birth_order)
    return (
        select(func.jsonb_agg(aggregate_order_by(one, is_baby.desc(), family_member.c.number)))
        .select_from(contact_person)
        .join(person, person.c.id == contact_person.c.person_id)
        .join(
            family_member,
            (family_member.c.person_id == person.c.id) & (family_member.c.family_id == contact.c.family_id),
        )
        .where(contact_person.c.contact_id == contact.c.id)
        .scalar_subquery()
    )


def _entry(row: Any) -> DiaryEntry:
    names = [shown_name(name, birth_order) for name, _, birth_order in row.people or ()]
    who = ", ".join(names) if row.may_see else RESTRICTED
    return read_row(DiaryEntry, row, contact_id=row.id, who=who)
