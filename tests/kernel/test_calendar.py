from datetime import UTC, date, datetime

import pytest

from shared.kernel.calendar import (
    UnknownBankHolidays,
    add_working_days,
    date_words,
    is_working_day,
    moment_words,
    month_words,
    months_between,
    working_days_between,
)


def test_dates_are_written_as_people_write_them() -> None:
    assert date_words(date(2026, 3, 3)) == "3 March 2026"
    assert month_words(date(2026, 3, 31)) == "March 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 3, 15, 30, tzinfo=UTC), "3 March 2026, 3:30pm"),
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), "4 July 2026, 12:30am"),
        (datetime(2026, 7, 3, 11, 5, tzinfo=UTC), "3 July 2026, 12:05pm"),
    ],
)
def test_moments_are_shown_in_london_in_winter_and_in_summer(moment: datetime, words: str) -> None:
    assert moment_words(moment) == words


def test_friday_to_monday_is_one_working_day_and_the_same_day_is_none() -> None:
    assert working_days_between(date(2026, 2, 27), date(2026, 3, 2)) == 1
    assert working_days_between(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert working_days_between(date(2026, 3, 2), date(2026, 2, 27)) == -1


def test_easter_does_not_count_as_working_days() -> None:
    assert working_days_between(date(2026, 4, 2), date(2026, 4, 7)) == 1
    assert add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_a_christmas_at_the_weekend_has_its_substitute_days() -> None:
    assert [is_working_day(date(2027, 12, day)) for day in (24, 27, 28, 29)] == [True, False, False, True]


def test_adding_working_days_and_counting_them_agree() -> None:
    start = date(2025, 12, 19)

    assert all(working_days_between(start, add_working_days(start, count)) == count for count in range(30))


def test_a_target_that_reaches_into_a_year_not_yet_published_is_counted() -> None:
    assert working_days_between(date(2030, 12, 24), date(2031, 1, 2)) == 4


def test_a_year_that_nobody_checked_is_not_guessed() -> None:
    with pytest.raises(UnknownBankHolidays, match="2101"):
        is_working_day(date(2101, 1, 6))


def test_months_are_listed_from_the_first_to_the_last() -> None:
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
