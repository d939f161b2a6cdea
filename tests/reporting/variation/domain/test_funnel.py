"""Funnels: worked numbers of Public Health England, FunnelPlotR's tests and Spiegelhalter's additive model."""

from math import sqrt

import pytest

from services.reporting.variation.domain.funnel import (
    Scale,
    Standing,
    TeamTotal,
    chance_limits,
    dispersion,
    expected_ratio_limits,
    funnel,
    quantile,
)
from services.reporting.variation.domain.interval import deviations

OBSERVED = (100, 150, 180, 80, 120, 225)
EXPECTED = (108, 112, 165, 95, 100, 220)
SPREADS = [1 / (2 * sqrt(expected)) for expected in EXPECTED]
SCORES = [
    (sqrt(observed / expected) - 1) / spread
    for observed, expected, spread in zip(OBSERVED, EXPECTED, SPREADS, strict=True)
]


def shares(*percents: int, of: int = 400) -> list[TeamTotal]:
    return [TeamTotal(f"team-{place}", percent * of // 100, of) for place, percent in enumerate(percents)]


def test_limits_of_a_share_are_binomial() -> None:
    lower = [100 * chance_limits(Scale.SHARE, 0.80642448, 10, confidence)[0] for confidence in (0.95, 0.998)]

    assert lower == pytest.approx([56.154344, 42.032591], abs=1e-3)


@pytest.mark.parametrize("of", [1, 2, 10, 100])
def test_limits_of_a_share_stay_between_nothing_and_all(of: int) -> None:
    lower, upper = chance_limits(Scale.SHARE, 0.80642448, of, 0.998)

    assert 0 <= lower < upper <= 1


@pytest.mark.parametrize(("confidence", "lower", "upper"), [(0.95, 0.7422, 1.3184), (0.998, 0.6192, 1.5188)])
def test_limits_of_a_rate_are_exact(confidence: float, lower: float, upper: float) -> None:
    assert expected_ratio_limits(50, confidence) == pytest.approx((lower, upper), abs=1e-4)


def test_how_many_deviations_each_team_is_off() -> None:
    assert pytest.approx([-0.785, 3.329, 1.142, -1.605, 1.909, 0.335], abs=1e-3) == SCORES


def test_the_farthest_tenths_are_brought_in_and_not_left_out() -> None:
    ends = quantile(SCORES, 0.1), quantile(SCORES, 0.9)

    assert ends == pytest.approx((-1.195, 2.619), abs=1e-3)


def test_dispersion_and_what_it_adds_to_the_limits() -> None:
    found = dispersion(SCORES, SPREADS)
    reach = deviations(0.998) * sqrt(1 / 400 + found.tau_squared)

    assert (found.phi, found.tau_squared) == pytest.approx((2.327, 0.00344), abs=1e-3)
    assert (1 - reach, 1 + reach) == pytest.approx((0.7618, 1.2382), abs=1e-4)


def test_teams_that_differ_no_more_than_chance_leave_the_limits_as_they_are() -> None:
    assert dispersion([0.1, -0.2, 0.3, -0.1], [0.05] * 4).tau_squared == 0


def test_limits_are_widened_from_ten_teams_on() -> None:
    nine, ten = funnel(Scale.SHARE, shares(*range(40, 76, 4))), funnel(Scale.SHARE, shares(*range(40, 80, 4)))

    assert nine
    assert ten
    assert (nine.is_widened, ten.is_widened) == (False, True)
    assert ten.limits(400, 0.998)[1] > ten.limits(400, 0.998, widened=False)[1]


def test_the_regions_figure_is_that_of_the_teams_that_are_shown() -> None:
    found = funnel(Scale.SHARE, [TeamTotal("a", 0, 20), TeamTotal("b", 15, 30), TeamTotal("c", 0, 0)])

    assert found
    assert found.centre == 0.3
    assert [total.team for total in found.totals] == ["a", "b"]


def test_where_a_team_stands() -> None:
    found = funnel(Scale.SHARE, [*shares(70, 70, 70), TeamTotal("high", 380, 400), TeamTotal("low", 150, 400)])

    assert found
    assert [found.standing(total) for total in found.totals[2:]] == [Standing.WITHIN, Standing.ABOVE, Standing.BELOW]
    assert found.standing(TeamTotal("chance", 16, 30)) is Standing.WITHIN
    assert found.standing(TeamTotal("less by chance", 15, 30)) is Standing.BETWEEN


def test_teams_that_differ_very_much_do_not_count_the_same_thing() -> None:
    apart = funnel(Scale.SHARE, shares(*([10, 90] * 6)))

    assert apart
    assert not apart.is_of_one_thing


@pytest.mark.parametrize(
    "totals", [[], [TeamTotal("a", 3, 9)], shares(0, 0, 0), shares(100, 100)], ids=["none", "one", "zero", "all"]
)
def test_there_is_no_funnel_where_there_is_nothing_to_compare(totals: list[TeamTotal]) -> None:
    assert funnel(Scale.SHARE, totals) is None


def test_a_rate_is_compared_with_what_was_expected_of_each_team() -> None:
    found = funnel(Scale.RATE, [TeamTotal("a", 105, 10_000), TeamTotal("b", 105, 10_000), TeamTotal("c", 190, 10_000)])

    assert found
    assert [found.standing(total) for total in found.totals] == [Standing.BETWEEN, Standing.BETWEEN, Standing.ABOVE]
