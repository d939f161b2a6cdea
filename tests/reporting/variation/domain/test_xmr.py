"""Limits and rules of XmR charts, with worked numbers of those who published the rules."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from services.reporting.variation.domain.rule_set import MDC_2026_1
from services.reporting.variation.domain.xmr import Limits, Rule, hits_of, limits_of

OF_FEW = replace(MDC_2026_1, name="of few", points_for_limits=1)
"""The same rules, which judge from the first point on: worked examples are short."""
STEADY = Limits(Fraction(50), Fraction(35), Fraction(65), Fraction(10), is_trial=False)


def numbers(words: str) -> list[Fraction | None]:
    return [None if word == "–" else Fraction(word) for word in words.split()]


def first_rules(words: str, limits: Limits = STEADY) -> str:
    """The rule that names each point, by its first letter."""
    hits = hits_of(numbers(words), limits, MDC_2026_1)
    return " ".join(hit[0].rule[0] if hit else "." for hit in hits)


@pytest.mark.parametrize(
    ("values", "mean", "lower", "upper"),
    [
        ("1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1", 1.94, -3.06, 6.95),
        (
            " ".join(
                [
                    "-0.5605 -0.2302 1.5587 0.0705 0.1293 1.7151 0.4609 -1.2651 -0.6869 -0.4457",
                    "1.2241 0.3598 0.4008 0.1107 10 1.7869 0.4979 -1.9666 0.7014 -0.4728",
                ]
            ),
            0.6694,
            -4.597,
            5.935,
        ),
        ("10 12 11 13 12 11 10 12 13 11 12 25", 12.667, 6.138, 19.196),
        ("12 15 11 14 13 16 12 14 15 13 20 21", 14.667, 7.170, 22.163),
    ],
)
def test_limits_are_as_making_data_count_publishes_them_without_screening(
    values: str, mean: float, lower: float, upper: float
) -> None:
    found = limits_of(numbers(values), OF_FEW)

    assert found is not None
    assert (float(found.mean), float(found.lower), float(found.upper)) == pytest.approx((mean, lower, upper), abs=6e-3)


def test_the_lines_from_which_a_point_is_near_are_at_two_thirds() -> None:
    found = limits_of(numbers("12 15 11 14 13 16 12 14 15 13 20 21"), OF_FEW)

    assert found is not None
    assert float(found.mean - found.near) == pytest.approx(9.669, abs=1e-3)
    assert float(found.mean + found.near) == pytest.approx(19.664, abs=1e-3)


@pytest.mark.parametrize(("number", "is_trial"), [(12, None), (13, True), (19, True), (20, False), (40, False)])
def test_limits_need_thirteen_points_and_are_on_trial_until_there_are_twenty(
    number: int, is_trial: bool | None
) -> None:
    found = limits_of([Fraction(place % 3) for place in range(number)], MDC_2026_1)

    assert (found.is_trial if found else None) is is_trial


def test_limits_stay_as_the_first_twenty_points_made_them() -> None:
    first = [Fraction(place % 3) for place in range(20)]

    assert limits_of([*first, *[Fraction(90)] * 9], MDC_2026_1) == limits_of(first, MDC_2026_1)


def test_a_hidden_month_counts_for_no_point_and_no_moving_range_goes_over_it() -> None:
    with_gap = limits_of([*numbers("1 2 1 2 1 2 –"), *numbers("9 8 9 8 9 8 9")], MDC_2026_1)

    assert with_gap is not None
    assert with_gap.upper - with_gap.mean == MDC_2026_1.limit
    assert limits_of([*numbers("1 2 1 2 1 2 –"), *numbers("9 8 9 8 9 8")], MDC_2026_1) is None


def test_a_series_that_never_changes_has_a_band_of_no_height_and_is_within_it() -> None:
    values: Sequence[Fraction] = [Fraction(200, 3)] * 15
    limits = limits_of(values, MDC_2026_1)

    assert limits is not None
    assert limits.lower == limits.upper == Fraction(200, 3)
    assert hits_of(values, limits, MDC_2026_1) == [()] * 15
    assert hits_of([*values, Fraction(66)], limits, MDC_2026_1)[-1][0].rule is Rule.OUTSIDE


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ("65 35 66 34", ". . o o"),
        ("45 46 47 48 49 50 51", "t t t t t t t"),
        ("55 54 53 52 51 50 49", "t t t t t t t"),
        ("45 46 47 47 48 49 50", ". . . . . . ."),
        ("45 46 47 48 49 50", ". . . . . ."),
        ("45 46 47 – 48 49 50 51", ". . . . . . . ."),
        ("51 61 62 49", ". n n ."),
        ("61 51 62", "n . n"),
        ("49 61 62", ". . ."),
        ("50 61 62", ". . ."),
        ("51 61 60", ". . ."),
        ("66 61 51", "o . ."),
        ("66 61 62", "o n n"),
        ("61 – 62 51", ". . . ."),
        ("51 52 51 52 51 52 51", "s s s s s s s"),
        ("51 52 51 50 51 52 51 52", ". . . . . . . ."),
        ("49 48 49 48 49 48 49 48", "s s s s s s s s"),
        ("51 52 51 – 52 51 52 51", ". . . . . . . ."),
        ("66 52 51 52 51 52 51", "o s s s s s s"),
    ],
)
def test_each_rule_marks_all_its_points_and_the_first_by_priority_names_them(values: str, rules: str) -> None:
    assert first_rules(values) == rules


def test_the_worked_example_whose_last_two_points_are_near_after_one_below_the_mean_has_no_signal() -> None:
    values = numbers("12 15 11 14 13 16 12 14 15 13 20 21")
    limits = limits_of(values, OF_FEW)

    assert limits is not None
    assert hits_of(values, limits, MDC_2026_1)[-2:] == [(), ()]


def test_a_point_at_the_turn_of_two_trends_belongs_to_the_later() -> None:
    hits = hits_of(numbers("44 45 46 47 48 49 50 49 48 47 46 45 44"), STEADY, MDC_2026_1)

    assert [hit[0].is_up for hit in hits] == [True] * 6 + [False] * 7


def test_the_length_of_a_run_is_that_of_the_whole_run() -> None:
    hits = hits_of(numbers("43 44 45 46 47 48 49 50 51"), STEADY, MDC_2026_1)

    assert {hit[0].length for hit in hits} == {9}


def test_all_rules_that_hold_are_kept_by_priority() -> None:
    hits = hits_of(numbers("51 53 55 57 60 63 66"), STEADY, MDC_2026_1)

    assert [hit.rule for hit in hits[-1]] == [Rule.OUTSIDE, Rule.TREND, Rule.SHIFT]


def test_another_rule_set_is_other_data() -> None:
    of_six = replace(MDC_2026_1, name="of six", points_of_trend=6)

    assert hits_of(numbers("45 46 47 48 49 50"), STEADY, of_six)[0][0].rule is Rule.TREND
