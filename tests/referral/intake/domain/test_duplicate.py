from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.referral.intake.domain.duplicate import (
    Certainty,
    Description,
    KnownBaby,
    compare,
    near_name,
    sound,
)
from shared.kernel.name_words import same_name

BABY = UUID(int=7)
SHANNON = KnownBaby("Shannon Example", date(2025, 10, 20), None, None, BABY)
KNOWN = Description([SHANNON], ["Leonie Example", "Dan Example"], frozenset({"07700900123"}), frozenset({"FY1 9ZZ"}))


def asked(baby: KnownBaby, *, carer: str = "Nobody Else", phone: str = "", home: str = "") -> Description:
    return Description([baby], [carer], frozenset({phone} - {""}), frozenset({home} - {""}))


def test_the_same_nhs_number_is_the_same_baby_whatever_else_differs() -> None:
    known = replace(KNOWN, babies=[replace(SHANNON, nhs_number="9990000018")])
    likeness = compare(asked(KnownBaby("Lena", None, None, "9990000018")), known)

    assert likeness
    assert (likeness.certainty, likeness.baby_id) == (Certainty.SAME, BABY)
    assert likeness.reasons[0] == "The NHS number is the same"


@pytest.mark.parametrize(
    ("born_on", "reason"),
    [
        (date(2025, 10, 20), "The date of birth is the same"),
        (date(2025, 10, 21), "The dates of birth are one day apart"),
    ],
)
def test_the_same_name_and_nearly_the_same_birthday_are_likely_one(born_on: date, reason: str) -> None:
    likeness = compare(asked(KnownBaby("shannon example", born_on, None, None)), KNOWN)

    assert likeness
    assert (likeness.certainty, likeness.baby_id) == (Certainty.LIKELY, BABY)
    assert reason in likeness.reasons


def test_day_and_month_may_be_changed_for_one_another() -> None:
    known = replace(KNOWN, babies=[replace(SHANNON, born_on=date(2025, 4, 9))])

    likeness = compare(asked(KnownBaby("Shanon Example", date(2025, 9, 4), None, None)), known)

    assert likeness
    assert "The dates of birth have day and month changed for one another" in likeness.reasons


def test_a_mother_who_comes_again_with_the_next_baby_is_likely_the_same_family_with_a_new_baby() -> None:
    next_baby = KnownBaby(None, None, date(2027, 3, 1), None)

    likeness = compare(asked(next_baby, carer="Example, Leonie", phone="07700900123"), KNOWN)

    assert likeness
    assert (likeness.certainty, likeness.baby_id) == (Certainty.LIKELY, None)


def test_a_twin_with_another_number_is_of_the_same_family_and_another_baby() -> None:
    known = replace(KNOWN, babies=[replace(SHANNON, nhs_number="9990000018")])
    twin = KnownBaby("Sheila Example", date(2025, 10, 20), None, "9990000026")

    likeness = compare(asked(twin, carer="Leonie Example", home="FY1 9ZZ"), known)

    assert likeness
    assert (likeness.certainty, likeness.baby_id) == (Certainty.LIKELY, None)
    assert "The NHS numbers differ" in likeness.reasons


@pytest.mark.parametrize(("days", "alike"), [(date(2025, 11, 10), True), (date(2025, 11, 11), False)])
def test_due_dates_within_three_weeks_count(days: date, alike: bool) -> None:
    known = replace(KNOWN, babies=[KnownBaby(None, None, date(2025, 10, 20), None, BABY)])

    likeness = compare(asked(KnownBaby(None, None, days, None), carer="Leonie Example"), known)

    assert (likeness is not None) is alike


def test_a_baby_born_near_a_due_date_may_be_the_one_who_was_expected() -> None:
    known = replace(KNOWN, babies=[KnownBaby(None, None, date(2025, 11, 1), None, BABY)])

    likeness = compare(asked(SHANNON, carer="Leonie Example", home="FY1 9ZZ"), known)

    assert likeness
    assert (likeness.certainty, likeness.baby_id) == (Certainty.LIKELY, BABY)


@pytest.mark.parametrize(
    "other",
    [
        asked(KnownBaby("Max Sample", date(2025, 10, 20), None, None)),
        asked(KnownBaby("Max Sample", date(2024, 1, 1), None, None), home="FY1 9ZZ"),
        asked(KnownBaby("Max Sample", date(2024, 1, 1), None, None), carer="Leonie Example"),
        asked(KnownBaby("Shannon Example", date(2023, 1, 1), None, None)),
        asked(KnownBaby("Max Sample", date(2024, 1, 1), None, None), phone="07700900123"),
    ],
    ids=["birthday", "postcode", "a name", "the baby's name", "a phone number"],
)
def test_one_thing_alone_makes_no_duplicate(other: Description) -> None:
    assert compare(other, KNOWN) is None


HASSAN, HUSSAIN = UUID(int=8), UUID(int=9)


def twins(*named: tuple[UUID, str]) -> Description:
    babies = [KnownBaby(name, date(2025, 10, 20), None, None, who) for who, name in named]
    return Description(babies, ["Amira Ali"], frozenset(), frozenset())


@pytest.mark.parametrize(
    ("known", "name", "baby_id", "may_be"),
    [
        (twins((HASSAN, "حسن"), (HUSSAIN, "حسين")), "Hussain", None, [HASSAN, HUSSAIN]),
        (twins((HASSAN, "حسن"), (HUSSAIN, "حسين")), "حسين", HUSSAIN, [HUSSAIN]),
        (twins((HASSAN, "حسن"), (HUSSAIN, "Hussain")), "Hussain", HUSSAIN, [HUSSAIN]),
        (twins((HASSAN, "حسن")), "Hussain", None, [HASSAN]),
        (twins((HASSAN, "Hassan"), (HUSSAIN, "Hussain")), "hussain", HUSSAIN, [HUSSAIN]),
        (twins((HASSAN, "Ali"), (HUSSAIN, "Ali")), "Ali", None, [HASSAN, HUSSAIN]),
    ],
)
def test_a_twin_is_the_same_baby_only_by_their_own_name(
    known: Description, name: str, baby_id: UUID | None, may_be: list[UUID]
) -> None:
    likeness = compare(asked(KnownBaby(name, date(2025, 10, 20), None, None), carer="Amira Ali"), known)

    assert likeness
    assert (likeness.baby_id, list(likeness.may_be)) == (baby_id, may_be)
    is_exact = name.casefold() in {(one.name or "").casefold() for one in known.babies}
    assert f"The baby's name is {'' if is_exact else 'nearly '}the same" in likeness.reasons


def test_reasons_come_strongest_first() -> None:
    likeness = compare(asked(SHANNON, carer="Leonie Example", phone="07700900123", home="FY1 9ZZ"), KNOWN)

    assert likeness
    assert likeness.reasons[0] == "A phone number is the same"
    assert likeness.reasons[-1] == "The postcode is the same"


def test_names_are_the_same_but_for_case_accents_marks_and_order() -> None:
    assert same_name("O'BRIEN-ÑÍ, Zoë", "zoe obrien ni")
    assert not same_name("", "")
    assert not same_name("Zoe", "Zack")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Jon Sample", "John Sample", True),
        ("Shaun Example", "Sean Example", True),
        ("Leonie Example", "Leony Exampel", True),
        ("Leonie Example", "Priya Sample", False),
        ("محمد", "مريم", False),
        ("حسن", "Hussain", True),
        ("Leonie Example", "Example Leonie", True),
        ("", "Leonie", False),
    ],
)
def test_names_are_near_when_written_or_sounding_nearly_alike(one: str, other: str, near: bool) -> None:
    assert near_name(one, other) is near


@pytest.mark.parametrize(
    ("name", "key"), [("robert", "R163"), ("rupert", "R163"), ("ashcraft", "A261"), ("lee", "L000"), ("ng", "N200")]
)
def test_the_sound_of_a_name_is_its_soundex_key(name: str, key: str) -> None:
    assert sound(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "Mrs Ann Lee"),
        ("Dr. Ann Lee", "Ms Ann Lee"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("İrem", "Irem"),
        ("Mary O'Flaherty", "Mary OFlaherty"),
        ("Мария", "Mariya"),
        ("Lee, Ann", "Mrs Ann Lee"),
    ],
)
def test_a_title_or_another_keyboard_hides_no_name_that_is_the_same(one: str, other: str) -> None:
    assert same_name(one, other)


def test_a_name_that_is_a_title_is_still_a_name() -> None:
    assert same_name("Master", "master")
    assert not same_name("Mr", "Mrs")
