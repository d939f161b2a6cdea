"""How often a rule would have fired in two years: as the state machine says it, month for month."""

from collections.abc import Sequence
from datetime import date

from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.publication.domain.span import months_later
from services.reporting.subscription.domain.back_test import back_test, fired_words
from services.reporting.subscription.domain.subscription import Condition
from services.reporting.variation.domain.variation import Variation, variation_of
from tests.reporting.builders import a_series

FIRST = date(2023, 1, 1)
LAST = months_later(FIRST, 40)
USUAL = [50, 51, 49] * 14
"""41 months are more than two years and the 13 before that limits need."""


def said_of(values: Sequence[int | None]) -> Variation:
    of = [None if one is None else 100 for one in values]
    return variation_of(DECIDED_IN_TIME, a_series(*values, indicator=9, of=of, starts=FIRST))


def fired(condition: Condition, *changed: tuple[int, int | None]) -> list[int]:
    """In which months, counted from the first."""
    values: list[int | None] = [*USUAL[:41]]
    for month, value in changed:
        values[month] = value
    found = back_test(condition, [said_of(values)], LAST)
    return [(one.month.year - FIRST.year) * 12 + one.month.month - 1 for one in found]


def test_nothing_fires_where_all_is_as_usual() -> None:
    assert fired(Condition.ANY_RULE) == []


def test_a_month_far_outside_fires_when_it_is_frozen_and_again_only_after_it_was_back() -> None:
    assert fired(Condition.OUTSIDE, (25, 10), (26, 10), (27, 50), (30, 10)) == [25, 30]


def test_what_held_when_the_two_years_began_is_known() -> None:
    assert fired(Condition.OUTSIDE, (16, 10), (17, 10)) == []


def test_a_gap_fires_nothing_and_ends_nothing() -> None:
    assert fired(Condition.OUTSIDE, (25, 10), (26, None), (27, 10)) == [25]


def test_a_trend_fires_in_its_seventh_month_and_not_in_those_that_are_marked_afterwards() -> None:
    rising = [(24 + back, 43 + back) for back in range(7)]
    assert fired(Condition.TREND, *rising) == [30]


def test_each_time_says_what_started_as_it_was_then() -> None:
    values: list[int | None] = [*USUAL[:41]]
    values[25] = 10
    [firing] = back_test(Condition.OUTSIDE, [said_of(values)], LAST)

    [said] = firing.started
    assert said.latest
    assert (said.latest.point.starts, said.latest.value) == (firing.month, 10)
    assert (
        fired_words(Condition.OUTSIDE, [firing], 1) == "It would have fired 1 time in the last 24 months, of 1 figure."
    )


def test_what_is_told_at_set_times_says_how_often_that_is() -> None:
    assert back_test(Condition.MONTH_END, [said_of(USUAL[:41])], LAST) == []
    assert "24 times" in fired_words(Condition.MONTH_END, [], 3)
    assert "Monday" in fired_words(Condition.EVERY_MONDAY, [], 3)
