from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.bank_holiday import UnknownBankHolidays, bank_holidays_of, easter_sunday

PUBLISHED = {
    2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],
    2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}
"""As the government published them for England and Wales."""

YEAR = st.integers(2000, 2100)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rules_give_what_was_published(year: int) -> None:
    assert sorted(bank_holidays_of(year)) == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2002, ["06-03", "06-04"]),
        (2011, ["04-29"]),
        (2012, ["06-04", "06-05"]),
        (2020, ["05-08"]),
        (2022, ["06-02", "06-03", "09-19"]),
        (2023, ["05-08"]),
    ],
)
def test_a_day_of_one_year_only_is_a_bank_holiday_in_that_year(year: int, days: list[str]) -> None:
    assert {date.fromisoformat(f"{year}-{day}") for day in days} <= bank_holidays_of(year)


@pytest.mark.parametrize("moved", ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"])
def test_a_bank_holiday_that_was_moved_is_a_working_day(moved: str) -> None:
    day = date.fromisoformat(moved)

    assert day not in bank_holidays_of(day.year)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2010, ["12-27", "12-28"]),
        (2011, ["12-26", "12-27"]),
        (2015, ["12-25", "12-28"]),
        (2016, ["12-26", "12-27"]),
        (2020, ["12-25", "12-28"]),
        (2021, ["12-27", "12-28"]),
        (2022, ["12-26", "12-27"]),
    ],
)
def test_a_christmas_at_the_weekend_has_substitute_days(year: int, days: list[str]) -> None:
    december = [day for day in sorted(bank_holidays_of(year)) if day.month == 12]

    assert december == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2024, "03-31"), (2038, "04-25"), (2049, "04-18")],
)
def test_easter_is_where_the_church_calendar_has_it(year: int, easter: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{easter}")


@given(YEAR)
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    easter = easter_sunday(year)

    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(YEAR)
def test_every_year_has_eight_bank_holidays_and_more_only_where_proclaimed(year: int) -> None:
    more = {2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}

    assert len(bank_holidays_of(year)) == 8 + more.get(year, 0)


@given(YEAR)
def test_a_bank_holiday_is_a_weekday_of_its_year(year: int) -> None:
    assert all(day.weekday() < 5 and day.year == year for day in bank_holidays_of(year))


@given(YEAR)
def test_the_may_and_august_mondays_are_the_first_and_the_last(year: int) -> None:
    mondays = {day for day in bank_holidays_of(year) if day.month in (5, 8) and day.weekday() == 0}

    last_of_august = max(day for day in mondays if day.month == 8)
    assert (last_of_august + timedelta(days=7)).month == 9


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_outside_the_checked_ones_is_refused(year: int) -> None:
    with pytest.raises(UnknownBankHolidays, match=str(year)):
        bank_holidays_of(year)
