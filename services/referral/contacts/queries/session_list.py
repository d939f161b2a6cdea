"""A family's sessions and appointments: what is booked first, then what happened, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select

from services.referral.contacts.database.contacts import contact_of
from services.referral.contacts.domain.contact import Contact
from services.referral.database.clinical_tables import strand
from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.family_tables import person
from services.referral.people.domain.person import shown_name
from services.referral.staff.database.record_access import check_family
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Attendance, ContactKind
from shared.database.built_once import built_once
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SessionFilter:
    kind: ContactKind | None = None
    attendance: Attendance | None = None


@dataclass(frozen=True)
class SessionLine:
    """One session, or one appointment."""

    contact: Contact
    practitioner_name: str
    names: Mapping[UUID, str]
    """Of who was there, or was expected, as they are called now."""
    intervention: Intervention | None

    @property
    def who(self) -> str:
        return ", ".join(sorted(self.names.values()))

    @property
    def is_open(self) -> bool:
        """Nobody has said yet what happened."""
        return self.contact.details.attendance is None

    @property
    def held_on(self) -> date:
        return self.contact.details.held_on

    @property
    def starts_at(self) -> datetime | None:
        return self.contact.starts_at


async def session_list(work: UnitOfWork, family_id: UUID, chosen: SessionFilter) -> Listing[SessionLine]:
    """One statement, for someone who may see the family."""
    await check_family(work, family_id)
    query = _lines().where(contact.c.family_id == family_id)
    if chosen.kind is not None:
        query = query.where(contact.c.kind == chosen.kind)
    if chosen.attendance is not None:
        query = query.where(contact.c.attendance == chosen.attendance)
    return found_by(query, _line)


async def recent_sessions(work: UnitOfWork, family_id: UUID, most: int) -> list[SessionLine]:
    """What became of the last that were arranged, the newest first."""
    await check_family(work, family_id)
    query = _lines().where(contact.c.family_id == family_id, contact.c.attendance.is_not(None)).limit(most)
    return [_line(row) for row in await work.session.execute(query)]


async def one_session(work: UnitOfWork, family_id: UUID, contact_id: UUID) -> SessionLine:
    """Raises NotFound when the family has no such session."""
    await check_family(work, family_id)
    query = _lines().where(contact.c.family_id == family_id, contact.c.id == contact_id)
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NotFound("contact_not_found", "This family has no such session. Look for it in the list of sessions.")
    return _line(row)


async def sessions_of_day(work: UnitOfWork, family_id: UUID, day: date) -> Sequence[SessionLine]:
    """What took place, and what is booked."""
    await check_family(work, family_id)
    rows = await work.session.execute(_lines().where(contact.c.family_id == family_id, contact.c.held_on == day))
    return [_line(row) for row in rows]


@built_once
def _lines() -> Select[Any]:
    named = func.jsonb_build_array(person.c.id, person.c.name, person.c.born_on, person.c.birth_order)
    people = (
        select(func.jsonb_agg(named))
        .join(contact_person, contact_person.c.person_id == person.c.id)
        .where(contact_person.c.contact_id == contact.c.id)
        .scalar_subquery()
    )
    is_open = contact.c.attendance.is_(None)
    return (
        select(
            contact,
            colleague.c.name.label("practitioner_name"),
            people.label("people"),
            strand.c.intervention,
        )
        .join(colleague, colleague.c.id == contact.c.practitioner_id)
        .outerjoin(strand, strand.c.id == contact.c.strand_id)
        .order_by(
            is_open.desc(),
            case((is_open, contact.c.starts_at)),
            contact.c.held_on.desc(),
            contact.c.starts_at.desc().nulls_last(),
            contact.c.recorded_at.desc(),
            contact.c.id,
        )
    )


def _line(row: Any) -> SessionLine:
    names = _names(row.people or [])
    return read_row(SessionLine, row, contact=contact_of(row, frozenset(names)), names=names)


def _names(people: Sequence[Sequence[Any]]) -> dict[UUID, str]:
    return {UUID(person_id): shown_name(name, birth_order) for person_id, name, _, birth_order in people}
