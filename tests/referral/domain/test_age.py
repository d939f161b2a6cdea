from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain.age import age_band, age_in_words, check_subject, completed_months, gestation
from services.referral.domain.remit import Remit
from services.referral.domain.subject import Baby, Unborn
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
        (Baby("B", date(2026, 2, 2)), "1 month"),
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
