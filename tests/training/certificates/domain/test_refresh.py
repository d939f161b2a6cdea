"""Until when a training counts."""

from datetime import date

import pytest

from services.training.certificates.domain.refresh import Held, has_expired, held_from, newest


@pytest.mark.parametrize(
    ("day", "months", "until", "printed"),
    [
        (date(2024, 1, 15), 36, date(2027, 1, 15), date(2027, 1, 14)),
        (date(2024, 2, 29), 12, date(2025, 3, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29), date(2028, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 3, 1), date(2026, 2, 28)),
    ],
)
def test_it_counts_until_the_day_before_the_bound_and_prints_that_day(
    day: date, months: int, until: date, printed: date
) -> None:
    held = held_from(day, months)

    assert (held.until_on, held.valid_until) == (until, printed)
    assert held.counts_on(day)
    assert held.counts_on(printed)
    assert not held.counts_on(until)


def test_a_course_that_is_never_refreshed_never_ends() -> None:
    assert held_from(date(2020, 1, 1), None).counts_on(date(2099, 1, 1))


def test_a_renewal_counts_from_its_own_day_or_keeps_the_anniversary() -> None:
    first = held_from(date(2024, 1, 15), 36)

    assert held_from(date(2026, 11, 2), 36).until_on == date(2029, 11, 2)
    assert held_from(date(2026, 11, 2), 36, keeps_anniversary_of=first).until_on == date(2030, 1, 15)
    assert held_from(date(2027, 1, 15), 36, keeps_anniversary_of=first).until_on == date(2030, 1, 15)
    assert held_from(date(2027, 6, 1), 36, keeps_anniversary_of=first).until_on == date(2030, 6, 1)


def test_an_older_certificate_that_is_recorded_afterwards_changes_nothing() -> None:
    now, older = held_from(date(2024, 1, 15), 36), held_from(date(2022, 5, 1), 36)

    assert newest([now, older]) == newest([older, now]) == now
    assert newest([]) is None
    assert newest([now, Held(date(2020, 1, 1), None)]) == Held(date(2020, 1, 1), None)


def test_it_expires_when_londons_date_reaches_the_bound() -> None:
    held = Held(date(2023, 7, 1), date(2026, 7, 1))

    assert not has_expired(held, date(2026, 6, 30))
    assert has_expired(held, date(2026, 7, 1))
