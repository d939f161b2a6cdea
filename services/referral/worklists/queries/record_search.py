"""Who is it? People of the team's families, and referrals without a family, by NHS number, reference or name.

A name alone is never enough to pick a record: each line says when the person was born, and whose record it is. A
restricted record is found by its number or reference only, and then without a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, false, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.tables import episode, referral
from services.referral.people.domain.family import MemberKind, shown_name
from services.referral.people.domain.search import ByName, ByNhsNumber, ByReference, Sought
from services.referral.staff.database.record_access import reader_sees
from services.referral.staff.queries.asking import Asking
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown, people_of
from shared.database.name_words import has_words

MOST_FOUND = 25
MOST_COMPARED = 500
"""Of a name that very many have, so many are sorted: a search for it must be narrowed anyway."""


@dataclass(frozen=True)
class PersonFound:
    """Someone of a family on record, or a referral that is of no family yet."""

    name: str
    """Whose it is; empty where the reader may not see the record."""
    kind: MemberKind
    born_on: date | None
    due_on: date | None
    is_lost: bool
    nhs_number: str | None
    reference: str | None
    family: FamilyShown | None
    """None for a referral of no family."""
    referral_id: UUID | None
    """Of a referral that is of no family; None for a family."""
    carer_name: str | None
    """The parent or carer of such a referral."""


@dataclass(frozen=True)
class RecordsFound:
    """The first 25 in the order of their names."""

    people: Sequence[PersonFound]
    is_cut: bool
    """There are more: someone must say more of the name."""


async def record_search(session: AsyncSession, asking: Asking, what: Sought) -> RecordsFound:
    """One statement; the babies come before the people who care for them."""
    found = union_all(_of_families(what), _of_referrals(what)).subquery("found")
    lines = (
        select(found, _newest_reference(found.c.family_id), people_of(found.c.family_id))
        .order_by(found.c.kind, func.lower(found.c.name), found.c.born_on.desc(), found.c.id)
        .limit(MOST_FOUND + 1)
    )
    rows = (await session.execute(lines, asking.known)).all()
    return RecordsFound([_person(row, asking) for row in rows[:MOST_FOUND]], is_cut=len(rows) > MOST_FOUND)


def _of_families(what: Sought) -> Select[Any]:
    lost = person.c.died_on.is_not(None) | (func.coalesce(person.c.pregnancy_outcome, "live_birth") != "live_birth")
    columns: list[ColumnElement[Any]] = [
        person.c.id,
        person.c.name,
        family_member.c.kind,
        person.c.born_on,
        person.c.due_on,
        person.c.birth_order,
        lost.label("is_lost"),
        person.c.nhs_number,
        null().cast(Text).label("reference"),
        family_member.c.family_id,
        null().cast(Uuid).label("referral_id"),
        null().cast(Text).label("carer_name"),
    ]
    query = (
        select(*columns)
        .join_from(person, family_member, family_member.c.person_id == person.c.id)
        .join(family, family.c.id == family_member.c.family_id)
        .where(family_member.c.until_on.is_(None), family.c.merged_into.is_(None))
        .limit(MOST_COMPARED)
    )
    match what:
        case ByNhsNumber(digits):
            return query.where(person.c.nhs_number == digits)
        case ByReference(reference):
            of_it = select(referral.c.family_id).where(referral.c.reference == reference)
            return query.where(family_member.c.family_id.in_(of_it), family_member.c.kind == MemberKind.BABY)
        case ByName(searches):
            named = person.c.id.in_(select(person.c.id).where(has_words("person", searches)))
            return query.where(named, reader_sees(family_member.c.family_id))


def _of_referrals(what: Sought) -> Select[Any]:
    """Those that were not accepted, or not yet: by the baby, with the parent or carer."""
    columns: list[ColumnElement[Any]] = [
        referral.c.id,
        referral.c.baby_name,
        literal(MemberKind.BABY.value),
        referral.c.born_on,
        referral.c.due_on,
        null(),
        false(),
        referral.c.nhs_number,
        referral.c.reference,
        null().cast(Uuid),
        referral.c.id,
        referral.c.caregiver_name,
    ]
    query = select(*columns).where(referral.c.family_id.is_(None)).limit(MOST_COMPARED)
    match what:
        case ByNhsNumber(digits):
            return query.where(referral.c.nhs_number == digits)
        case ByReference(reference):
            return query.where(referral.c.reference == reference)
        case ByName(searches):
            return query.where(has_words("referral", searches))


def _newest_reference(family_id: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(referral.c.reference)
        .join(episode, episode.c.referral_id == referral.c.id)
        .where(episode.c.family_id == family_id)
        .order_by(episode.c.opened_on.desc(), episode.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("newest_reference")
    )


def _person(row: Any, asking: Asking) -> PersonFound:
    shown = family_shown(row.family_id, row.people, asking.today) if row.family_id else None
    hidden = shown is not None and shown.is_restricted
    return PersonFound(
        name="" if hidden else shown_name(row.name, row.birth_order),
        kind=MemberKind(row.kind),
        born_on=None if hidden else row.born_on,
        due_on=None if hidden else row.due_on,
        is_lost=row.is_lost and not hidden,
        nhs_number=None if hidden else row.nhs_number,
        reference=row.newest_reference or row.reference,
        family=shown,
        referral_id=row.referral_id,
        carer_name=row.carer_name,
    )
