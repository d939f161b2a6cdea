"""Months are counted from the day itself, and a day that a month lacks is never lost."""

from datetime import date

import pytest

from shared.kernel.calendar import add_months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 15), 36, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 36, date(2027, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2025, 11, 30), 3, date(2026, 3, 1)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
    ],
)
def test_a_day_that_the_month_does_not_have_is_the_first_of_the_next(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_month_after_a_month_is_not_two_months() -> None:
    assert add_months(add_months(date(2026, 1, 31), 1), 1) == date(2026, 4, 1)
