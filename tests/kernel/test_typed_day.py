"""A day is understood as people type it; what could be two days is asked for again."""

from datetime import date, timedelta

import pytest

from shared.kernel.typed_day import UnclearDay, day_typed, typed_day

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "on_friday"),
    [
        ("today", date(2026, 11, 27)),
        ("Tomorrow", date(2026, 11, 28)),
        ("yesterday", date(2026, 11, 26)),
        ("mon", date(2026, 11, 30)),
        ("Thurs", date(2026, 12, 3)),
        ("next tue", date(2026, 12, 1)),
        ("next fri", date(2026, 12, 4)),
        ("3/12", date(2026, 12, 3)),
        ("12/3", date(2027, 3, 12)),
        ("3.12.2026", date(2026, 12, 3)),
        ("3-12-26", date(2026, 12, 3)),
        ("3 dec", date(2026, 12, 3)),
        ("٣/١٢", date(2026, 12, 3)),
        ("3rd December", date(2026, 12, 3)),
        ("3dec", date(2026, 12, 3)),
        ("Dec 3", date(2026, 12, 3)),
        ("2 jan", date(2027, 1, 2)),
        ("Thu 3 Dec", date(2026, 12, 3)),
        ("Thursday, 3 December 2026", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("29 feb", date(2028, 2, 29)),
        ("31/3/28", date(2028, 3, 31)),
        ("31 March 28", date(2028, 3, 31)),
        ("03-12-26", date(2026, 12, 3)),
    ],
)
def test_on_a_friday_in_november(typed: str, on_friday: date) -> None:
    assert typed_day(typed, FRIDAY) == on_friday


def test_next_tuesday_on_a_monday_is_not_tomorrow() -> None:
    assert typed_day("tue", MONDAY) == date(2026, 12, 1)
    assert typed_day("next tue", MONDAY) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("fri", "Today is Friday. Enter “today”, or 4 Dec"),
        ("3", "Enter the month too, like 3 dec or 3/12"),
        ("Mon 3 Dec", "Thu 3 Dec 2026 is a Thursday. Enter the day again"),
        ("26/11", "26 November has passed. Add the year, like 26 Nov 2027"),
        ("31/11", "That day does not exist. Enter the day first, then the month, like 3 dec or 3/12"),
        ("12/25", "That day does not exist. Enter the day first, then the month, like 3 dec or 3/12"),
        ("soon", ""),
        ("t", ""),
        ("3 smarch", ""),
        ("3/12/2026/1", ""),
    ],
)
def test_what_is_not_clear_is_asked_for_again(typed: str, asked: str) -> None:
    with pytest.raises(UnclearDay) as unclear:
        typed_day(typed, FRIDAY)

    assert str(unclear.value) == asked


def test_a_day_that_a_form_suggests_is_understood_on_every_day() -> None:
    for after in range(800):
        day = FRIDAY + timedelta(days=after)
        assert typed_day(day_typed(day), MONDAY) == day
