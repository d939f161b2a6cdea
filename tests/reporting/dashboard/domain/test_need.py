"""Need against reach, with the strategy's own figures."""

from fractions import Fraction

import pytest

from services.reporting.dashboard.domain.need import NATIONAL_NEED, Need, rounded, sensitivity

BLACKPOOL = Need(1480)


def test_half_of_blackpools_babies_are_in_need_and_a_third_of_those_come_before_two() -> None:
    assert BLACKPOOL.in_need == 740
    assert float(BLACKPOOL.expected) == pytest.approx(246.67, abs=0.01)
    assert (rounded(BLACKPOOL.expected), rounded(BLACKPOOL.later)) == (247, 493)


def test_the_national_estimate_gives_less() -> None:
    national = Need(1480, NATIONAL_NEED)

    assert [rounded(one) for one in (national.in_need, national.expected, national.later)] == [592, 197, 395]


def test_of_those_expected_and_of_those_in_need_how_many_were_accepted() -> None:
    assert float(BLACKPOOL.reach(160)) == pytest.approx(64.9, abs=0.05)
    assert float(BLACKPOOL.reach_of_need(160)) == pytest.approx(21.6, abs=0.05)


def test_how_many_practitioners_the_expected_families_keep_busy() -> None:
    assert float(BLACKPOOL.posts) == pytest.approx(7.8, abs=0.05)


def test_the_table_of_assumptions_goes_through_every_pair() -> None:
    pairs = {(one.need_share, one.access): rounded(one.expected) for one in sensitivity(1480)}

    assert len(pairs) == 9
    assert pairs[Fraction(2, 5), Fraction(1, 10)] == 59
    assert pairs[Fraction(1, 2), Fraction(1, 3)] == 247
    assert pairs[Fraction(3, 5), Fraction(1, 3)] == 296


def test_halves_are_rounded_up_and_only_when_they_are_shown() -> None:
    assert (rounded(Fraction(5, 2)), rounded(Fraction(49, 20))) == (3, 2)
