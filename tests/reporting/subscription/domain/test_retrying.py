"""Ten tries in 75 hours, with growing waits."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.reporting.subscription.domain.retrying import WAITS, Answer, Outcome, next_try

NOW = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
ONE = UUID(int=7)
SILENT = Outcome(Answer.SILENT)


def test_it_is_tried_ten_times_in_75_hours_and_then_no_more() -> None:
    moment, tries = NOW, 1
    while again := next_try(ONE, tries, SILENT, moment, began_at=NOW):
        moment, tries = again, tries + 1

    assert tries == 10
    assert moment - NOW == timedelta(hours=75)
    assert list(WAITS) == sorted(WAITS)


def test_those_that_failed_together_do_not_all_come_back_at_once() -> None:
    assert len({next_try(UUID(int=number), 3, SILENT, NOW, began_at=NOW) for number in range(100)}) == 100


@pytest.mark.parametrize(("asked", "hours"), [(timedelta(hours=3), 3), (timedelta(days=9), 24)])
def test_a_receiver_may_ask_for_more_time_within_reason(asked: timedelta, hours: int) -> None:
    again = next_try(ONE, 1, Outcome(Answer.REFUSED, 503, asked), NOW, began_at=NOW)

    assert again == NOW + timedelta(hours=hours)


def test_one_that_asks_for_a_day_each_time_is_given_up_as_soon_as_one_that_asks_for_none() -> None:
    asks = Outcome(Answer.REFUSED, 503, timedelta(hours=24))
    moment, tries = NOW, 1
    while again := next_try(ONE, tries, asks, moment, began_at=NOW):
        moment, tries = again, tries + 1

    assert moment - NOW == timedelta(hours=75)


def test_who_says_that_nobody_wants_it_is_not_asked_again() -> None:
    assert next_try(ONE, 1, Outcome(Answer.GONE, 410), NOW, began_at=NOW) is None
