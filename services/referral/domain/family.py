"""A family's record: people with their roles, and the dyads of a baby and a carer, which are the unit of work.

A family is a working group of people, not a household in law. Source: reference 3.1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.referral.domain.people import Caregiver, Relationship
from services.referral.domain.referral import ReferralRequest
from services.referral.domain.subject import Baby, Subject, Unborn
from shared.contracts.family import FamilyRecorded
from shared.contracts.vocabulary import Code


class MemberKind(Code):
    BABY = "baby", "Baby"
    CARER = "carer", "Parent or carer"
    SIBLING = "sibling", "Brother or sister"
    OTHER = "other", "Somebody else"


def shown_name(name: str | None, born_on: date | None, birth_order: int | None) -> str:
    """A person's name, never empty: `Shannon Example`, `Baby not born yet`, `Baby 2, no name yet`."""
    if name:
        return name
    number = f"Baby {birth_order}" if birth_order else "Baby"
    return f"{number} not born yet" if born_on is None else f"{number}, no name yet"


class Involvement(Code):
    """How far a carer has part in the baby's life. Not known is not the same as absent (reference 3.1)."""

    INVOLVED = "involved", "Involved"
    PARTLY = "partly", "Partly involved"
    NOT_INVOLVED = "not_involved", "Not involved"
    NOT_KNOWN = "not_known", "Not known"
    UNSAFE = "unsafe", "Not safe to contact"


class Known(Code):
    """An answer that may not be known."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


@dataclass
class Person:
    """One human in the team's records. An unborn baby is one with a due date and no birth date."""

    id: UUID
    name: str | None = None
    """None for a baby who has no name yet."""
    born_on: date | None = None
    due_on: date | None = None
    nhs_number: str | None = None
    phone: str | None = None
    postcode: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Member:
    """A person's place in one family."""

    person: Person
    kind: MemberKind


@dataclass
class Dyad:
    """One baby and one carer."""

    id: UUID
    baby_id: UUID
    carer_id: UUID
    relationship: Relationship
    involvement: Involvement = Involvement.NOT_KNOWN
    is_primary: bool = False
    version: int = 1


@dataclass
class Family:
    id: UUID
    recorded_on: date
    members: list[Member] = field(default_factory=list[Member])
    dyads: list[Dyad] = field(default_factory=list[Dyad])
    version: int = 0

    @classmethod
    def from_referral(
        cls, family_id: UUID, request: ReferralRequest, today: date, new_id: Callable[[], UUID]
    ) -> "tuple[Family, FamilyRecorded]":
        """A new record, with the people that a referral names."""
        baby = _baby(new_id(), request)
        carers = [request.caregiver]
        if isinstance(request.other_caregiver, Caregiver):
            carers.append(request.other_caregiver)
        family = cls(family_id, today, [Member(baby, MemberKind.BABY)])
        for carer in carers:
            family.add_carer(carer, [baby], request, new_id)
        return family, FamilyRecorded(family_id=family_id)

    def add_carer(
        self, carer: Caregiver, babies: Sequence[Person], request: ReferralRequest, new_id: Callable[[], UUID]
    ) -> Person:
        """A parent or carer whom a referral names, with a dyad for each baby."""
        is_first = carer == request.caregiver
        person = Person(new_id(), carer.name, phone=carer.phone, postcode=request.postcode if is_first else None)
        self.members.append(Member(person, MemberKind.CARER))
        involvement = Involvement.INVOLVED if is_first else Involvement.NOT_KNOWN
        self.dyads += [
            Dyad(new_id(), baby.id, person.id, carer.relationship, involvement, is_primary=is_first) for baby in babies
        ]
        return person


def _baby(person_id: UUID, request: ReferralRequest) -> Person:
    name, born_on, due_on = _names_and_dates(request.subject)
    return Person(person_id, name, born_on, due_on, nhs_number=request.nhs_number, postcode=request.postcode)


def _names_and_dates(subject: Subject) -> tuple[str | None, date | None, date | None]:
    match subject:
        case Unborn(due_on):
            return None, None, due_on
        case Baby(name, born_on):
            return name, born_on, None
