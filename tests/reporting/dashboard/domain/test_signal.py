"""What needs a word, and in which order."""

from dataclasses import replace

from services.reporting.dashboard.domain.signal import signals
from services.reporting.indicators.domain.indicator import Direction
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.variation.domain.variation import Variation, variation_of
from tests.reporting.variation.a_region import a_series

USUAL = [50, 52, 48, 51, 49, 53, 47, 50, 52, 48, 51, 49, 50]


def a_figure(team: str, *more: int, direction: Direction = Direction.MORE, alerts: bool = True) -> Variation:
    """The last month of the series is not finished."""
    indicator = replace(DECIDED_IN_TIME, direction=direction, alerts=alerts)
    return variation_of(indicator, a_series([*USUAL, *more, 50], team))


def test_the_worse_stand_first_and_teams_before_the_region() -> None:
    found = signals(
        [
            a_figure("", 5),
            a_figure("burnley", 95),
            a_figure("chorley", 51),
            a_figure("preston", 5),
            a_figure("barrow", 95, direction=Direction.NEITHER),
        ]
    )

    assert [(one.said.series.team, one.kind) for one in found] == [
        ("preston", "worse"),
        ("", "worse"),
        ("barrow", "changed"),
        ("burnley", "better"),
    ]


def test_what_nobody_is_told_of_is_no_signal() -> None:
    assert signals([a_figure("preston", 5, alerts=False)]) == []


def test_a_signal_is_new_in_the_month_in_which_it_begins() -> None:
    begun, goes_on = signals([a_figure("burnley", 5)]), signals([a_figure("burnley", 5, 5)])

    assert [one.is_new for one in (*begun, *goes_on)] == [True, False]


def test_a_month_that_is_not_finished_gives_no_signal() -> None:
    assert signals([variation_of(DECIDED_IN_TIME, a_series([*USUAL, 5], "burnley"))]) == []
