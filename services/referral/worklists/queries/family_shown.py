"""How a family is named in a list: by its babies and their ages, and by the people who care for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.family_tables import dyad, family_member, person
from services.referral.people.domain.age import age_in_words
from services.referral.people.domain.family import MemberKind, shown_name
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.staff.database.record_access import reader_sees
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.database.built_once import written_out

_NOBODY: ColumnElement[Any] = literal_column("'[]'::jsonb")
_SHOWN = (MemberKind.BABY, MemberKind.CARER)


@dataclass(frozen=True)
class FamilyShown:
    """One family, as a line of a list begins."""

    family_id: UUID
    babies: str
    """Never empty: `Shannon Example`, `Max and Mia Example`, `Baby, no name`."""
    ages: str
    """Of the babies in their order, in words; empty for a baby who died."""
    carers: str
    """Empty when nobody is on record."""
    around: str = ""
    """The carers as short as a line can name them, dads marked: `Olivia, Danny (dad)`."""
    is_multiple: bool = False
    """Twins or more: the line must not be taken for one baby's."""
    is_restricted: bool = False
    """The reader may not open the record, so nobody is named."""


def people_of(family_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """The babies and carers of a row's family as one value, `people`: so a list needs no statement for each row."""
    return case((reader_sees(family_id), _people_of(family_id))).label("people")


def _people_of(family_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    facts = func.jsonb_build_object(
        "kind",
        family_member.c.kind,
        "name",
        person.c.name,
        "born_on",
        person.c.born_on,
        "due_on",
        person.c.due_on,
        "birth_order",
        person.c.birth_order,
        "is_dad",
        exists().where(
            dyad.c.family_id == family_member.c.family_id,
            dyad.c.carer_id == person.c.id,
            dyad.c.relationship == Relationship.FATHER,
        ),
        "is_lost",
        person.c.died_on.is_not(None) | (func.coalesce(person.c.pregnancy_outcome, "live_birth") != "live_birth"),
    )
    return (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(facts, family_member.c.number)), _NOBODY))
        .join_from(family_member, person, person.c.id == family_member.c.person_id)
        .where(
            family_member.c.family_id == family_id,
            family_member.c.until_on.is_(None),
            family_member.c.kind.in_(written_out(_SHOWN)),
        )
        .scalar_subquery()
    )


def babys_name(family_id: ColumnElement[UUID]) -> ColumnElement[str | None]:
    """By which a row's family is sorted; NULL where the reader may not see the family, or no baby has a name."""
    name = (
        select(func.min(func.lower(person.c.name)))
        .join_from(family_member, person, person.c.id == family_member.c.person_id)
        .where(
            family_member.c.family_id == family_id,
            family_member.c.until_on.is_(None),
            family_member.c.kind == MemberKind.BABY,
        )
    )
    return case((reader_sees(family_id), name.scalar_subquery()))


def family_shown(family_id: UUID, people: Sequence[Mapping[str, Any]] | None, today: date) -> FamilyShown:
    """A family from the value that `people_of` gave; None where the reader may not see the family."""
    if people is None:
        return FamilyShown(family_id, RESTRICTED, "", "", is_restricted=True)
    babies = [one for one in people if one["kind"] == MemberKind.BABY]
    names = [shown_name(baby["name"], baby["birth_order"]) for baby in babies]
    carers = [one for one in people if one["kind"] == MemberKind.CARER and one["name"]]
    return FamilyShown(
        family_id=family_id,
        babies=" and ".join(names) or "Family without a baby on record",
        ages=", ".join(age for baby in babies if (age := _age(baby, today))),
        carers=", ".join(one["name"] for one in carers),
        around=", ".join(_given_name(one["name"]) + (" (dad)" if one["is_dad"] else "") for one in carers),
        is_multiple=len(babies) > 1,
    )


def _given_name(name: str) -> str:
    return name.split(maxsplit=1)[0]


def _age(baby: Mapping[str, Any], today: date) -> str:
    if baby["is_lost"]:
        return ""
    born_on, due_on = _date(baby["born_on"]), _date(baby["due_on"])
    subject = Baby("", born_on) if born_on else Unborn(due_on) if due_on else None
    return age_in_words(subject, today) if subject else ""


def _date(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
