"""Intervals, as Public Health England's test sheets give them."""

import pytest

from services.reporting.variation.domain.interval import deviations, poisson_interval, wilson


def test_how_many_deviations_an_interval_reaches() -> None:
    assert (deviations(0.95), deviations(0.998)) == pytest.approx((1.959964, 3.090232), abs=1e-6)


@pytest.mark.parametrize(("confidence", "lower", "upper"), [(0.95, 13.337, 28.883), (0.998, 10.519, 34.711)])
def test_a_share_has_the_interval_of_wilson(confidence: float, lower: float, upper: float) -> None:
    found = wilson(20, 100, confidence)

    assert [100 * end for end in found] == pytest.approx([lower, upper], abs=1e-3)


def test_a_share_of_none_and_of_all_stays_between_nothing_and_all() -> None:
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_a_count_from_ten_on_has_the_interval_of_byar() -> None:
    lower, upper = poisson_interval(999)

    assert (100 * lower / 3456, 100 * upper / 3456) == pytest.approx((27.141, 30.756), abs=1e-3)


@pytest.mark.parametrize(
    ("number", "lower", "upper"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (3, 0.619, 8.767), (4, 1.090, 10.242)],
)
def test_a_small_count_has_the_exact_interval(number: int, lower: float, upper: float) -> None:
    assert poisson_interval(number) == pytest.approx((lower, upper), abs=1e-3)
