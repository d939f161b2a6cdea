"""What must be thought of before a family is met: access needs of its people. Source: reference 3.4 and 8.1 (H19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.family_tables import access_need, family_member, person
from services.referral.people.domain.access_need import GenderPreference, Language
from services.referral.people.domain.person import shown_name
from services.referral.staff.database.record_access import check_family
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BookingNeed:
    """What one person needs so that they can take part."""

    person_id: UUID
    name: str
    interpreter: str
    """Language, dialect and preference; empty when none is needed."""
    others: Sequence[str]
    """In words."""


async def booking_needs(work: UnitOfWork, family_id: UUID) -> Sequence[BookingNeed]:
    """Only of those who need something."""
    await check_family(work, family_id)
    rows = await work.session.execute(
        select(access_need, person.c.name, person.c.born_on, person.c.birth_order)
        .join(person, person.c.id == access_need.c.person_id)
        .join(family_member, family_member.c.person_id == person.c.id)
        .where(family_member.c.family_id == family_id, family_member.c.until_on.is_(None))
        .order_by(family_member.c.number)
    )
    needs = [
        BookingNeed(row.person_id, shown_name(row.name, row.birth_order), _interpreter(row), _others(row))
        for row in rows
    ]
    return [need for need in needs if need.interpreter or need.others]


def _interpreter(row: Any) -> str:
    if row.interpreter_language is None:
        return ""
    words = [Language(row.interpreter_language).label, row.interpreter_dialect]
    if row.interpreter_gender and row.interpreter_gender != GenderPreference.ANY:
        words.append(GenderPreference(row.interpreter_gender).inside)
    return ", ".join(word for word in words if word)


def _others(row: Any) -> list[str]:
    needs = (
        row.contact_method,
        row.information_format,
        row.communication_professional,
        row.communication_support,
        row.adjustments,
    )
    return [need for need in needs if need]
