"""What a difference between two scores means: the worked pairs of reference 4.3 and the arithmetic of 4.1."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.measures.domain.measure import Direction, Scale
from services.referral.measures.domain.measure_change import Change, Movement, change, changes, overall
from services.referral.measures.domain.reliable_change import (
    reliable_change_points,
    standard_error,
)
from services.referral.measures.domain.scoring import score
from services.referral.measures.packs.measures import MEASURES
from shared.contracts.pathway_codes import ChangeClass

RECOVERED = ChangeClass.RECOVERED
IMPROVED = ChangeClass.RELIABLY_IMPROVED
UNCHANGED = ChangeClass.NO_RELIABLE_CHANGE
DETERIORATED = ChangeClass.RELIABLY_DETERIORATED

SCALES = [scale for definition in MEASURES.values() for scale in definition.scales]


def of(code: str, first: int, last: int, *, variant: str = "") -> Change:
    return change(MEASURES[code].scales[0], Decimal(first), Decimal(last), variant=variant)


@pytest.mark.parametrize(
    ("code", "first", "last", "change_class", "crossed"),
    [
        pytest.param("EPDS", 18, 11, RECOVERED, False, id="EPDS_18_to_11"),
        pytest.param("EPDS", 14, 11, UNCHANGED, True, id="EPDS_14_to_11"),
        pytest.param("EPDS", 9, 13, DETERIORATED, False, id="EPDS_9_to_13"),
        pytest.param("PHQ9", 16, 9, RECOVERED, False, id="PHQ9_16_to_9"),
        pytest.param("PHQ9", 16, 11, UNCHANGED, False, id="PHQ9_16_to_11"),
        pytest.param("PHQ9", 12, 18, DETERIORATED, False, id="PHQ9_12_to_18"),
        pytest.param("GAD7", 12, 8, IMPROVED, False, id="GAD7_12_to_8"),
        pytest.param("GAD7", 12, 7, RECOVERED, False, id="GAD7_12_to_7"),
        pytest.param("GAD7", 9, 6, UNCHANGED, True, id="GAD7_9_to_6"),
        pytest.param("KPCS", 34, 40, RECOVERED, False, id="KPCS_34_to_40"),
        pytest.param("KPCS", 36, 41, UNCHANGED, True, id="KPCS_36_to_41"),
        pytest.param("KPCS", 40, 34, DETERIORATED, False, id="KPCS_40_to_34"),
        pytest.param("REQOL10", 22, 27, RECOVERED, False, id="REQOL10_22_to_27"),
    ],
)
def test_a_worked_pair_has_the_class_of_the_reference(
    code: str, first: int, last: int, change_class: ChangeClass, *, crossed: bool
) -> None:
    found = of(code, first, last)

    assert (found.change_class, found.crossed_without_reliable_change) == (change_class, crossed)


def test_each_goal_is_compared_by_itself_and_only_when_it_was_rated_twice() -> None:
    gbo = MEASURES["GBO"]

    found = changes(gbo, score(gbo, {"a": 2, "b": 3, "c": 4}), score(gbo, {"a": 6, "b": 5, "c": 8}))
    two_then_three = changes(gbo, score(gbo, {"a": 2, "b": 3}), score(gbo, {"a": 6, "b": 5, "c": 8}))

    assert {goal: (one.difference, one.change_class) for goal, one in found.items()} == {
        "a": (4, IMPROVED),
        "b": (2, UNCHANGED),
        "c": (4, IMPROVED),
    }
    assert set(two_then_three) == {"a", "b"}


@pytest.mark.parametrize(
    ("first", "last", "difference", "change_class"),
    [pytest.param(5, 2, -3, DETERIORATED, id="5_to_2"), pytest.param(0, 10, 10, IMPROVED, id="0_to_10")],
)
def test_a_goal_can_go_either_way(first: int, last: int, difference: int, change_class: ChangeClass) -> None:
    found = of("GBO", first, last)

    assert (found.difference, found.change_class) == (difference, change_class)


def test_a_goal_that_went_backwards_is_never_averaged_away() -> None:
    gbo = MEASURES["GBO"]

    found = overall(changes(gbo, score(gbo, {"a": 0, "b": 5}), score(gbo, {"a": 10, "b": 2})).values())

    assert found is not None
    assert found.change_class is DETERIORATED


@pytest.mark.parametrize(
    ("first", "last", "change_class"),
    [
        pytest.param((15, 15), (6, 6), RECOVERED, id="both_leave_the_clinical_range"),
        pytest.param((15, 15), (6, 14), IMPROVED, id="one_is_left_in_it"),
        pytest.param((15, 5), (6, 5), RECOVERED, id="the_other_never_was_in_it"),
        pytest.param((15, 5), (6, 9), DETERIORATED, id="the_other_got_worse"),
        pytest.param((15, 15), (14, 14), UNCHANGED, id="neither_moved"),
    ],
)
def test_a_measure_with_two_scales_is_recovered_when_none_is_left_in_the_clinical_range(
    first: tuple[int, int], last: tuple[int, int], change_class: ChangeClass
) -> None:
    hads = MEASURES["HADS"]
    start, end = (score(hads, {"A": anxiety, "D": low}) for anxiety, low in (first, last))

    found = overall(changes(hads, start, end).values())

    assert found is not None
    assert found.change_class is change_class


def test_a_crossing_within_the_noise_is_flagged_for_the_whole_measure() -> None:
    found = overall([of("GAD7", 9, 6)])

    assert found is not None
    assert (found.change_class, found.crossed_without_reliable_change) == (UNCHANGED, True)


def test_a_dads_own_cut_off_decides_whether_he_recovered() -> None:
    assert of("EPDS", 12, 8).change_class is IMPROVED
    assert of("EPDS", 12, 8, variant="father").change_class is RECOVERED


@pytest.mark.parametrize("scale", [pytest.param(scale, id=scale.name) for scale in SCALES if not scale.cut_offs])
def test_without_a_cut_off_nobody_is_recovered(scale: Scale) -> None:
    assert change(scale, scale.highest, scale.lowest).change_class is not RECOVERED
    assert change(scale, scale.lowest, scale.highest).change_class is not RECOVERED


@pytest.mark.parametrize("code", ["MORS_SF", "PBQ", "PRFQ", "BPSES", "SWEMWBS"])
def test_where_nobody_knows_the_noise_only_the_direction_is_told(code: str) -> None:
    found = [change(scale, scale.lowest, scale.highest) for scale in MEASURES[code].scales]

    assert {one.change_class for one in found} == {None}
    assert overall(found) is None


def test_the_prfq_tells_a_direction_where_one_is_better() -> None:
    pm, cm, ic = (change(scale, Decimal(2), Decimal(5)).movement for scale in MEASURES["PRFQ"].scales)

    assert (pm, cm, ic) == (Movement.WORSE, Movement.DIFFERENT, Movement.DIFFERENT)


def test_scores_of_two_versions_or_forms_are_never_compared() -> None:
    asq = MEASURES["ASQSE2"]
    totals = {"points": 15, "concerns": 0, "answered": 3, "items": 3}

    with pytest.raises(ValueError, match="same measure, version and form"):
        changes(asq, score(asq, totals, variant="months_2"), score(asq, totals, variant="months_6"))


@pytest.mark.parametrize("code", [code for code in MEASURES if any(s.reliable_change for s in MEASURES[code].scales)])
def test_a_change_of_exactly_the_threshold_counts(code: str) -> None:
    scale = next(scale for scale in MEASURES[code].scales if scale.reliable_change)
    assert scale.reliable_change
    points = scale.reliable_change.points
    worst, sign = (scale.highest, -1) if scale.direction is Direction.LOWER else (scale.lowest, 1)

    assert change(scale, worst, worst + sign * points).change_class in {IMPROVED, RECOVERED}
    assert change(scale, worst + sign * points, worst).change_class is DETERIORATED
    assert change(scale, worst, worst + sign * (points - 1)).change_class is UNCHANGED


@pytest.mark.parametrize(
    ("code", "points"),
    [("PHQ9", 6), ("GAD7", 4), ("CORE10", 6), ("EPDS", 4), ("GBO", 3), ("KPCS", 6), ("REQOL10", 5)],
)
def test_the_reliable_change_is_that_of_the_reference(code: str, points: int) -> None:
    found = MEASURES[code].scales[0].reliable_change

    assert found is not None
    assert found.points == points


@pytest.mark.parametrize(
    ("sd", "reliability", "unrounded", "points"),
    [
        pytest.param("5.5", ".88", "5.28", 6, id="SD_5.5_r_.88"),
        pytest.param("5.9", ".89", "5.42", 6, id="SD_5.9_r_.89"),
        pytest.param("7", ".90", "6.14", 7, id="SD_7_r_.90"),
    ],
)
def test_reliable_points_follow_jacobson_and_truax(sd: str, reliability: str, unrounded: str, points: int) -> None:
    error = standard_error(Decimal(sd), Decimal(reliability))

    assert round(Decimal("1.96") * Decimal(2).sqrt() * error, 2) == Decimal(unrounded)
    assert reliable_change_points(Decimal(sd), Decimal(reliability)) == points


def test_the_standard_error_of_the_first_worked_example() -> None:
    assert round(standard_error(Decimal("5.5"), Decimal(".88")), 2) == Decimal("1.91")


@pytest.mark.parametrize(("sd", "reliability"), [("0", ".9"), ("5", "1"), ("5", "-.1")])
def test_a_reliability_of_one_or_no_spread_gives_no_threshold(sd: str, reliability: str) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        reliable_change_points(Decimal(sd), Decimal(reliability))


DEVIATION = st.decimals("0.1", "30", places=1)
RELIABILITY = st.decimals("0", "0.99", places=2)


@given(DEVIATION, RELIABILITY)
def test_the_points_are_the_fewest_whole_ones_beyond_chance(sd: Decimal, reliability: Decimal) -> None:
    points = reliable_change_points(sd, reliability)

    assert points / (Decimal(2).sqrt() * standard_error(sd, reliability)) >= Decimal("1.95999999")
    assert (points - 1) / (Decimal(2).sqrt() * standard_error(sd, reliability)) < Decimal("1.96")


@given(st.sampled_from(SCALES), st.data())
def test_a_change_backwards_is_the_opposite_of_the_change(scale: Scale, data: st.DataObject) -> None:
    values = st.decimals(scale.lowest, scale.highest, places=scale.decimals)
    first, last = data.draw(values), data.draw(values)

    there, back = change(scale, first, last), change(scale, last, first)

    opposite = {Movement.BETTER: Movement.WORSE, Movement.WORSE: Movement.BETTER}
    assert there.difference == -back.difference
    assert back.movement is opposite.get(there.movement, there.movement)
    assert (there.change_class is DETERIORATED) == (back.change_class in {RECOVERED, IMPROVED})
    assert (there.change_class is UNCHANGED) == (back.change_class is UNCHANGED)
    assert not (there.crossed_without_reliable_change and back.crossed_without_reliable_change)


@given(st.sampled_from(SCALES), st.data())
def test_recovered_is_said_only_of_who_was_in_the_clinical_range_and_left_it(scale: Scale, data: st.DataObject) -> None:
    values = st.decimals(scale.lowest, scale.highest, places=scale.decimals)
    first, last = data.draw(values), data.draw(values)

    found = change(scale, first, last)

    if found.change_class is RECOVERED:
        assert scale.is_clinical(first, "") is True
        assert scale.is_clinical(last, "") is False
        assert found.movement is Movement.BETTER
