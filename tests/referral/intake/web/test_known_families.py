"""What a referral of a known family is accepted as."""

from datetime import date
from uuid import UUID

import pytest

from services.referral.intake.domain.duplicate import Description, KnownBaby, compare
from services.referral.intake.queries.possible_duplicates import KnownFamily, PossibleDuplicate
from services.referral.intake.web.known_families import known_families

BORN_ON = date(2025, 10, 20)


def of(*babies: KnownBaby) -> Description:
    return Description(babies, ["Amira Ali"], frozenset(), frozenset())


@pytest.mark.parametrize(
    ("names", "offered"),
    [
        (["حسن", "حسين"], ["the same baby, حسن", "the same baby, حسين", "a new baby"]),
        (["حسن", "Hussain"], ["the same baby, Hussain", "a new baby"]),
        (["حسين"], ["the same baby", "a new baby"]),
    ],
)
def test_somebody_says_which_twin_it_is_where_names_do_not(names: list[str], offered: list[str]) -> None:
    known = of(*(KnownBaby(name, BORN_ON, None, None, UUID(int=n)) for n, name in enumerate(names, 1)))
    likeness = compare(of(KnownBaby("Hussain", BORN_ON, None, None)), known)
    assert likeness

    choices = known_families([PossibleDuplicate(KnownFamily(known, UUID(int=9)), likeness)])

    assert [one.label.rpartition(": ")[2] for one in choices] == ["A new family", *offered]
