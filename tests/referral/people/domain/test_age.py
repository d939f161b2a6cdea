from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.people.domain.age import (
    age_band,
    age_in_words,
    birthday,
    check_subject,
    completed_months,
    corrected_age_in_words,
    corrected_days,
    gestation,
    is_child,
    turns_on,
    years_in_words,
)
from services.referral.people.domain.remit import Remit
from services.referral.people.domain.subject import Baby, Unborn
from shared.contracts.vocabulary import AgeBand
from shared.kernel.errors import RuleBroken

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (TODAY, AgeBand.MONTHS_0_2),
        (date(2025, 12, 3), AgeBand.MONTHS_0_2),
        (date(2025, 12, 2), AgeBand.MONTHS_3_5),
        (date(2025, 9, 2), AgeBand.MONTHS_6_11),
        (date(2025, 3, 2), AgeBand.MONTHS_12_23),
        (date(2024, 3, 2), AgeBand.MONTHS_24_59),
        (date(2021, 3, 3), AgeBand.MONTHS_24_59),
    ],
)
def test_a_baby_falls_into_one_age_band(born_on: date, band: AgeBand) -> None:
    assert age_band(Baby("B", born_on), TODAY) is band


def test_a_baby_who_is_not_born_has_a_band_of_its_own() -> None:
    assert age_band(Unborn(TODAY), TODAY) is AgeBand.UNBORN


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 1825))
def test_every_subject_that_is_let_in_has_a_band_and_an_age(born_on: date, days: int) -> None:
    on = born_on + timedelta(days)

    check_subject(Baby("B", born_on), on)

    assert isinstance(age_band(Baby("B", born_on), on), AgeBand)
    assert age_in_words(Baby("B", born_on), on)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 2000))
def test_a_baby_never_gets_younger(born_on: date, days: int) -> None:
    on = born_on + timedelta(days)

    assert 0 <= completed_months(born_on, on) <= completed_months(born_on, on + timedelta(1))


def test_a_baby_born_on_leap_day_has_a_birthday_on_the_first_of_march() -> None:
    assert completed_months(date(2024, 2, 29), date(2025, 2, 28)) == 11
    assert completed_months(date(2024, 2, 29), date(2025, 3, 1)) == 12


def test_gestation_counts_back_from_the_due_date() -> None:
    assert gestation(date(2025, 12, 1), date(2025, 9, 22)) == (30, 0)


@given(st.integers(-28, 300))
def test_every_pregnancy_that_is_let_in_has_weeks_that_can_be(days_ahead: int) -> None:
    due_on = TODAY + timedelta(days_ahead)

    check_subject(Unborn(due_on), TODAY)

    weeks, days = gestation(due_on, TODAY)
    assert -3 <= weeks <= 44
    assert 0 <= days <= 6


@pytest.mark.parametrize(
    ("subject", "code", "field"),
    [
        (Unborn(TODAY + timedelta(301)), "due_on_far", "due_on"),
        (Unborn(TODAY - timedelta(29)), "due_on_past", "due_on"),
        (Baby("B", TODAY + timedelta(1)), "born_on_future", "born_on"),
        (Baby("B", date(1850, 1, 1)), "born_on_old", "born_on"),
        (Baby("B", date(2021, 3, 2)), "born_on_old", "born_on"),
    ],
)
def test_a_date_that_cannot_be_right_is_refused(subject: Baby | Unborn, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_subject(subject, TODAY)

    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Unborn(date(2026, 5, 11)), "30 weeks of pregnancy"),
        (Baby("B", date(2026, 3, 1)), "1 day"),
        (Baby("B", date(2026, 2, 18)), "12 days"),
        (Baby("B", date(2026, 2, 16)), "2 weeks"),
        (Baby("B", date(2026, 2, 2)), "4 weeks"),
        (Baby("B", date(2025, 12, 9)), "11 weeks"),
        (Baby("B", date(2025, 12, 8)), "2 months"),
        (Baby("B", date(2024, 4, 1)), "23 months"),
        (Baby("B", date(2023, 12, 2)), "2 years 3 months"),
        (Baby("B", date(2023, 3, 2)), "3 years"),
    ],
)
def test_an_age_is_said_in_words(subject: Baby | Unborn, words: str) -> None:
    assert age_in_words(subject, TODAY) == words


def test_the_remit_ends_on_the_birthday() -> None:
    child = Baby("B", date(2024, 3, 2))

    assert Remit(2).includes(child, date(2026, 3, 1))
    assert not Remit(2).includes(child, date(2026, 3, 2))
    assert Remit(5).includes(child, date(2026, 3, 2))
    assert Remit(2).includes(Unborn(TODAY), TODAY)


BORN_ON = st.dates(date(1950, 1, 1), date(2050, 1, 1))


@given(BORN_ON, st.integers(0, 300))
def test_a_number_of_months_is_complete_on_its_date_and_not_before(born_on: date, months: int) -> None:
    on = turns_on(born_on, months)

    assert completed_months(born_on, on) == months
    assert months == 0 or completed_months(born_on, on - timedelta(1)) == months - 1


@pytest.mark.parametrize(
    ("born_on", "months", "on"),
    [
        (date(2024, 9, 15), 18, date(2026, 3, 15)),
        (date(2024, 8, 31), 18, date(2026, 3, 1)),
        (date(2024, 5, 31), 18, date(2025, 12, 1)),
        (date(2022, 8, 31), 18, date(2024, 3, 1)),
        (date(2024, 2, 29), 24, date(2026, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
    ],
)
def test_a_child_turns_18_months_on_the_day_or_on_the_first_after_it(born_on: date, months: int, on: date) -> None:
    assert turns_on(born_on, months) == on


def test_the_second_and_the_fifth_birthday_of_a_leap_day_baby_are_on_the_first_of_march() -> None:
    assert birthday(date(2024, 2, 29), 2) == date(2026, 3, 1)
    assert birthday(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert birthday(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("days_of_pregnancy", "corrected", "words"),
    [
        (210, 50, "7 weeks"),
        (258, 98, "3 months"),
        (155, -5, "5 days before the due date"),
        (159, -1, "1 day before the due date"),
        (160, 0, "0 days"),
        (259, None, None),
        (280, None, None),
        (None, None, None),
    ],
)
def test_the_age_of_a_baby_born_before_37_weeks_is_corrected(
    days_of_pregnancy: int | None, corrected: int | None, words: str | None
) -> None:
    born_on = TODAY - timedelta(120)

    assert corrected_days(born_on, days_of_pregnancy, TODAY) == corrected
    assert corrected_age_in_words(born_on, days_of_pregnancy, TODAY) == words


@given(BORN_ON, st.integers(140, 258), st.integers(0, 2000))
def test_a_corrected_age_is_counted_from_the_day_on_which_the_baby_was_due(
    born_on: date, days_of_pregnancy: int, days: int
) -> None:
    due_on = born_on + timedelta(280 - days_of_pregnancy)

    assert corrected_days(born_on, days_of_pregnancy, born_on + timedelta(days)) == days - (due_on - born_on).days
    assert gestation(due_on, born_on) == divmod(days_of_pregnancy, 7)


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2021, 4, 2), "4 years 11 months"),
        (date(2021, 3, 2), "5 years"),
        (date(2019, 11, 20), "6 years"),
        (date(1997, 3, 3), "28 years"),
    ],
)
def test_the_age_of_a_sibling_or_a_parent_is_said_in_years(born_on: date, words: str) -> None:
    assert years_in_words(born_on, TODAY) == words


@pytest.mark.parametrize(
    ("born_on", "child"),
    [(date(2008, 3, 3), True), (date(2008, 3, 2), False), (date(2008, 2, 29), False), (date(2009, 8, 1), True)],
)
def test_a_parent_is_a_child_until_the_18th_birthday(born_on: date, *, child: bool) -> None:
    assert is_child(born_on, TODAY) is child


def test_hand_over_is_planned_from_18_months_to_the_birthday_on_which_the_remit_ends() -> None:
    window = Remit(2).hand_over(date(2024, 9, 2))

    assert (window.from_on, window.until_on) == (date(2026, 3, 2), date(2026, 9, 2))
    assert [window.includes(on) for on in (date(2026, 3, 1), TODAY, date(2026, 9, 1), date(2026, 9, 2))] == [
        False,
        True,
        True,
        False,
    ]
    assert not window.is_over(date(2026, 9, 1))
    assert window.is_over(date(2026, 9, 2))
    assert Remit(5).hand_over(date(2024, 9, 2)).until_on == date(2029, 9, 2)
