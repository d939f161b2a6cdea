"""A cell fires once when it comes into its condition, and again only after it left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.reporting.indicators.domain.indicator import Direction, Target
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.subscription.domain.subscription import Condition
from services.reporting.subscription.domain.watched_cell import Change, WatchedCell, holds
from services.reporting.variation.domain.variation import Variation, variation_of
from tests.reporting.variation.a_region import a_series

MARCH = date(2026, 3, 1)
USUAL = (50, 52, 48, 51, 49, 53, 47, 50, 52, 48, 51, 49, 50)


def changes(*held: bool | None) -> list[Change]:
    """What is new each time, of a cell that begins outside."""
    cell, found = WatchedCell(9, "preston"), list[Change]()
    for one in held:
        cell, change = cell.after(holds=one, month=MARCH)
        found.append(change)
        if change is Change.ENDED:
            cell = replace(cell, ended_untold=False)
    return found


def a_figure(*more: int | None, target: int | None = None, direction: Direction = Direction.MORE) -> Variation:
    """The last month of the series is not finished."""
    targets = (Target(date(2020, 1, 1), Decimal(target), "Contract"),) if target else ()
    indicator = replace(DECIDED_IN_TIME, direction=direction, targets=targets)
    return variation_of(indicator, a_series([*USUAL, *more, 50]))


def test_it_is_told_once_when_it_starts_and_not_while_it_goes_on() -> None:
    assert changes(True, True, True) == [Change.STARTED, Change.GOES_ON, Change.GOES_ON]


def test_it_is_told_again_only_after_it_left() -> None:
    assert changes(True, False, False, True) == [Change.STARTED, Change.ENDED, Change.NONE, Change.STARTED]


def test_a_gap_in_the_data_starts_nothing_and_ends_nothing() -> None:
    assert changes(None, True, None, True, None, False) == [
        Change.NONE,
        Change.STARTED,
        Change.GOES_ON,
        Change.GOES_ON,
        Change.GOES_ON,
        Change.ENDED,
    ]


def test_that_it_ended_is_said_until_it_was_told() -> None:
    cell, _ = WatchedCell(9, "", is_in=True).after(holds=False, month=MARCH)

    assert cell.after(holds=False, month=MARCH)[1] is Change.ENDED
    assert replace(cell, ended_untold=False).after(holds=False, month=MARCH)[1] is Change.NONE


@pytest.mark.parametrize(
    ("condition", "is_in"),
    [
        (Condition.ANY_RULE, True),
        (Condition.OUTSIDE, True),
        (Condition.TREND, False),
        (Condition.SHIFT, False),
        (Condition.EVERY_MONDAY, True),
    ],
)
def test_a_condition_is_the_rule_that_it_names(condition: Condition, is_in: bool) -> None:
    assert holds(condition, a_figure(5)) is is_in


def test_nobody_can_say_of_a_hidden_month_or_of_too_few() -> None:
    assert holds(Condition.ANY_RULE, a_figure(None)) is None
    assert holds(Condition.ANY_RULE, variation_of(DECIDED_IN_TIME, a_series([50, 51, 5, 50]))) is None
    assert holds(Condition.ANY_RULE, variation_of(DECIDED_IN_TIME, a_series([50]))) is None


def test_a_figure_that_may_not_alert_never_does() -> None:
    said = a_figure(5)

    assert holds(Condition.ANY_RULE, replace(said, indicator=replace(said.indicator, alerts=False))) is None


@pytest.mark.parametrize(
    ("target", "direction", "misses"),
    [
        (60, Direction.MORE, True),
        (40, Direction.MORE, False),
        (50, Direction.MORE, False),
        (40, Direction.LESS, True),
        (60, Direction.LESS, False),
        (60, Direction.NEITHER, None),
        (None, Direction.MORE, None),
    ],
)
def test_a_target_is_missed_on_its_wrong_side_and_what_has_none_misses_nothing(
    target: int | None, direction: Direction, misses: bool | None
) -> None:
    assert holds(Condition.OVER_TARGET, a_figure(50, target=target, direction=direction)) is misses
