"""Who of a family a referral, or another record of it, names again."""

from datetime import date
from uuid import UUID

import pytest

from services.referral.intake.domain.known_family import known_carer
from services.referral.intake.domain.merge import likely_pairs
from services.referral.people.domain.family import Family, Member
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.person import MemberKind, Person

TODAY = date(2026, 3, 2)


def people(*names: str, phone: str | None = None) -> list[Person]:
    return [Person(UUID(int=n), name, phone=phone) for n, name in enumerate(names, 1)]


def family(*of: Person) -> Family:
    return Family(UUID(int=99), TODAY, [Member(one, MemberKind.CARER) for one in of])


@pytest.mark.parametrize(
    ("carers", "known"),
    [
        (people("حسين علي", "Hassan Ali"), "Hassan Ali"),
        (people("Hássan Ali", "Hassan Ali"), "Hassan Ali"),
        (people("Hássan Ali"), "Hássan Ali"),
        (people("حسين علي"), None),
        ([*people("Leonie Ali", phone="07700 900123"), *people("Hassan Ali")], "Hassan Ali"),
        (people("Leonie Ali", phone="07700 900123"), "Leonie Ali"),
    ],
)
def test_a_dad_is_known_by_his_own_name_before_anybody_further_ahead(carers: list[Person], known: str | None) -> None:
    found = known_carer(Caregiver("Hassan Ali", Relationship.FATHER, "07700 900123"), carers)

    assert (found.name if found else None) == known


@pytest.mark.parametrize(
    ("kept", "gone", "ticked"),
    [
        (["حسن علي", "Hussain Ali"], ["Hussain Ali"], ["Hussain Ali"]),
        (["Zoë Lee", "Zoe Lee"], ["Zoe Lee"], ["Zoe Lee"]),
        (["Hassan Ali", "Hassan Ali"], ["Hassan Ali"], []),
        (["Ann Lee", "Dan Lee"], ["Lee, Dan", "Mrs Ann Lee"], ["Dan Lee", "Ann Lee"]),
    ],
)
def test_nobody_is_ticked_for_two_people(kept: list[str], gone: list[str], ticked: list[str]) -> None:
    pairs = likely_pairs(family(*people(*kept)), family(*people(*gone)))

    assert [stays.person.name for _, stays in pairs] == ticked
