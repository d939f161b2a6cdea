"""Every worked example of reference 4.3 that ends in a score, in the words of the form it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.measures.domain.measure import AlertKind, Entry, InputKind, Item, MeasureDefinition
from services.referral.measures.domain.scoring import (
    NOT_APPLICABLE,
    Alert,
    Answer,
    Score,
    Unscored,
    item_values,
    score,
    score_values,
)
from services.referral.measures.packs.measures import MEASURES
from shared.kernel.errors import RuleBroken

POSITIVE_ITEMS_OF_PBQ = {"1", "4", "8", "9", "11", "16", "22", "25"}
SELF_HARM = AlertKind.SELF_HARM
SAFEGUARDING = AlertKind.SAFEGUARDING


def numbered(answers: Sequence[Answer]) -> dict[str, Answer]:
    """Answers to items 1, 2, 3 and so on."""
    return {str(number): answer for number, answer in enumerate(answers, start=1)}


def alert_kinds(given: Score) -> list[AlertKind]:
    return [alert.kind for alert in given.alerts]


def scored(code: str, answers: Mapping[str, Answer]) -> dict[str, Decimal]:
    return score(MEASURES[code], answers).values


@pytest.mark.parametrize(
    ("code", "answers", "total", "band", "alerts"),
    [
        pytest.param("EPDS", [1] * 10, 21, "Probable depression", [SELF_HARM], id="EPDS_top_answers"),
        pytest.param("EPDS", [4] * 10, 9, "Below the level for concern", [], id="EPDS_bottom_answers"),
        pytest.param("PHQ9", [1, 1, 2, 2, 1, 1, 1, 1, 0], 10, "Moderate", [], id="PHQ9_case"),
        pytest.param("PHQ9", [3] * 9, 27, "Severe", [SELF_HARM], id="PHQ9_all_3"),
        pytest.param("PHQ9", [0, 1, 0, 1, 0, 1, 0, 0, 1], 4, "Minimal", [SELF_HARM], id="PHQ9_minimal_with_alert"),
        pytest.param("GAD7", [1] * 7, 7, "Mild", [], id="GAD7_not_case"),
        pytest.param("GAD7", [2, 1, 1, 1, 1, 1, 1], 8, "Mild", [], id="GAD7_case"),
        pytest.param("GAD7", [3] * 7, 21, "Severe", [], id="GAD7_all_3"),
        pytest.param("CORE10", [0] * 10, 8, "Healthy or low", [], id="CORE10_all_0"),
        pytest.param("CORE10", [4] * 10, 32, "Severe", [SELF_HARM], id="CORE10_all_4"),
        pytest.param("CORE10", [2, 3, 2, 1, 1, 0, 2, 2, 2, 1], 14, "Mild", [], id="CORE10_mixed"),
        pytest.param("KPCS", [3] * 15, 45, "In the usual range", [], id="KPCS_all_3"),
        pytest.param("KPCS", [2] * 15, 30, "Low confidence", [], id="KPCS_all_2"),
        pytest.param("WEMWBS", [3] * 14, 42, "", [], id="WEMWBS_all_3"),
        pytest.param("WEMWBS", [1] * 14, 14, "", [], id="WEMWBS_all_1"),
        pytest.param("WEMWBS", [5] * 14, 70, "", [], id="WEMWBS_all_5"),
        pytest.param("SWEMWBS", [3] * 7, "19.25", "", [], id="SWEMWBS_raw_21"),
        pytest.param("SWEMWBS", [4] * 7, "25.03", "", [], id="SWEMWBS_raw_28"),
        pytest.param("SWEMWBS", [5] * 7, "35.00", "", [], id="SWEMWBS_raw_35"),
        pytest.param("BPSES", [1] * 5, 5, "", [], id="BPSES_all_1"),
        pytest.param("BPSES", [3] * 5, 15, "", [], id="BPSES_all_3"),
        pytest.param("BPSES", [5] * 5, 25, "", [], id="BPSES_all_5"),
        pytest.param("REQOL10", [2] * 10, 20, "Clinical range", [], id="REQOL10_all_2"),
        pytest.param("REQOL10", [3] * 10, 30, "Outside the clinical range", [], id="REQOL10_all_3"),
    ],
)
def test_the_answers_on_the_form_give_the_total_of_the_manual(
    code: str, answers: list[int], total: int | str, band: str, alerts: list[AlertKind]
) -> None:
    found = score(MEASURES[code], numbered(answers))

    assert found.value("total") == Decimal(total)
    assert found.scales[0].band == band
    assert alert_kinds(found) == alerts


def test_scored_values_of_the_epds_are_added_without_turning_them_again() -> None:
    found = score_values(MEASURES["EPDS"], {str(n): v for n, v in enumerate([1, 1, 2, 2, 1, 2, 1, 1, 1, 0], 1)})

    assert found.value("total") == 12
    assert found.scales[0].band == "Possible depression"
    assert found.alerts == ()


@pytest.mark.parametrize(
    ("code", "answers", "is_case"),
    [
        pytest.param("PHQ9", [1, 1, 2, 2, 1, 1, 1, 1, 0], True, id="PHQ9_10"),
        pytest.param("PHQ9", [1, 1, 2, 1, 1, 1, 1, 1, 0], False, id="PHQ9_9"),
        pytest.param("GAD7", [1] * 7, False, id="GAD7_7"),
        pytest.param("GAD7", [2, 1, 1, 1, 1, 1, 1], True, id="GAD7_8"),
        pytest.param("KPCS", [3] * 9 + [2] * 6, True, id="KPCS_39"),
        pytest.param("KPCS", [3] * 10 + [2] * 5, False, id="KPCS_40"),
        pytest.param("REQOL10", [2] * 10, True, id="REQOL10_20"),
        pytest.param("REQOL10", [3] * 10, False, id="REQOL10_30"),
    ],
)
def test_a_score_at_the_cut_off_is_in_the_clinical_range(code: str, answers: list[int], *, is_case: bool) -> None:
    assert score(MEASURES[code], numbered(answers)).scales[0].is_clinical is is_case


def test_a_dad_has_a_cut_off_of_his_own() -> None:
    answers = {str(n): v for n, v in enumerate([1, 1, 2, 2, 1, 2, 1, 1, 0, 0], 1)}

    assert score_values(MEASURES["EPDS"], answers).scales[0].is_clinical is False
    assert score_values(MEASURES["EPDS"], answers, variant="father").scales[0].is_clinical is True


def test_one_missing_item_of_the_core10_is_the_mean_of_the_others_and_two_give_no_score() -> None:
    nine_that_sum_to_18 = {str(n): 2 for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)}

    one_missing = score_values(MEASURES["CORE10"], nine_that_sum_to_18).scales[0]
    two_missing = score_values(MEASURES["CORE10"], {str(n): 2 for n in range(1, 9)}).scales[0]

    assert (one_missing.value, one_missing.is_prorated, one_missing.missing) == (Decimal("20.0"), True, ("10",))
    assert (two_missing.value, two_missing.unscored) == (None, Unscored.TOO_MANY_MISSING)


@pytest.mark.parametrize(
    ("scale", "items", "total", "band"),
    [
        pytest.param("A", [1] * 7, 7, "Normal", id="A_7"),
        pytest.param("A", [2, 1, 1, 1, 1, 1, 1], 8, "Borderline", id="A_8"),
        pytest.param("D", [2, 2, 2, 2, 1, 1, 1], 11, "Case", id="D_11"),
    ],
)
def test_the_hads_is_entered_as_its_two_totals(scale: str, items: list[int], total: int, band: str) -> None:
    found = score(MEASURES["HADS"], {scale: sum(items)}).scale(scale)

    assert found is not None
    assert (found.value, found.band) == (total, band)


@pytest.mark.parametrize(
    ("answer", "scales"),
    [pytest.param(5, (35, 35), id="all_5"), pytest.param(0, (0, 0), id="all_0")],
)
def test_warmth_and_invasion_of_the_mors_are_never_reversed(answer: int, scales: tuple[int, int]) -> None:
    found = scored("MORS_SF", numbered([answer] * 14))

    assert (found["warmth"], found["invasion"]) == scales


def test_warmth_and_invasion_of_the_mors_are_apart() -> None:
    warm = set(MEASURES["MORS_SF"].scales[0].items)

    found = scored("MORS_SF", {str(n): 4 if str(n) in warm else 1 for n in range(1, 15)})

    assert found == {"warmth": 28, "invasion": 7}


@pytest.mark.parametrize(
    ("answers", "scales", "alerts"),
    [
        pytest.param(
            {str(n): 0 for n in range(1, 26)}, {"total": 40, "F1": 20, "F2": 10, "F3": 10, "F4": 0}, [], id="all_never"
        ),
        pytest.param(
            {str(n): 5 for n in range(1, 26)},
            {"total": 85, "F1": 40, "F2": 25, "F3": 10, "F4": 10},
            [SAFEGUARDING],
            id="all_always",
        ),
        pytest.param(
            {str(n): 5 if str(n) in POSITIVE_ITEMS_OF_PBQ else 0 for n in range(1, 26)},
            {"total": 0, "F1": 0, "F2": 0, "F3": 0, "F4": 0},
            [],
            id="positives_always_negatives_never",
        ),
    ],
)
def test_how_often_is_turned_for_the_positive_items_of_the_pbq(
    answers: dict[str, int], scales: dict[str, int], alerts: list[AlertKind]
) -> None:
    found = score(MEASURES["PBQ"], answers)

    assert found.values == scales
    assert alert_kinds(found) == alerts


def test_an_item_of_the_kpcs_that_does_not_apply_counts_as_two() -> None:
    answers = numbered([NOT_APPLICABLE, *[3] * 7, NOT_APPLICABLE, *[3] * 6])

    assert scored("KPCS", answers) == {"total": 43}


def test_only_two_items_of_the_kpcs_can_fail_to_apply() -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["KPCS"], numbered([3, NOT_APPLICABLE, *[3] * 13]))

    assert (refused.value.code, refused.value.field) == ("measure_range", "2")


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        pytest.param(4, (4, 4, 4), id="all_4"),
        pytest.param(7, (7, 6, 6), id="all_7"),
        pytest.param(1, (1, 2, 2), id="all_1"),
    ],
)
def test_the_prfq_is_three_means(answer: int, means: tuple[int, int, int]) -> None:
    found = scored("PRFQ", numbered([answer] * 18))

    assert (found["PM"], found["CM"], found["IC"]) == means


@pytest.mark.parametrize(
    ("each", "total", "subscale"),
    [pytest.param(1, 36, 12, id="all_1"), pytest.param(3, 108, 36, id="all_3"), pytest.param(5, 180, 60, id="all_5")],
)
def test_the_psi_adds_three_totals(each: int, total: int, subscale: int) -> None:
    found = score(MEASURES["PSI4_SF"], dict.fromkeys(("PD", "PCDI", "DC"), 12 * each)).values

    assert found == {"total": total, "PD": subscale, "PCDI": subscale, "DC": subscale}


@pytest.mark.parametrize(
    ("each", "band"),
    [pytest.param(5, "Not guarded", id="35"), pytest.param(1, "The answers may be guarded", id="7")],
)
def test_the_psi_says_when_its_answers_may_be_guarded(each: int, band: str) -> None:
    found = score(MEASURES["PSI4_SF"], {"DEF": 7 * each}).scale("DEF")

    assert found is not None
    assert found.value == 7 * each
    assert found.band.startswith(band)


@pytest.mark.parametrize(
    ("totals", "total"),
    [
        pytest.param({"points": 0 + 5 + 10, "concerns": 1, "answered": 3, "items": 3}, 20, id="one_concern"),
        pytest.param({"points": 0, "concerns": 0, "answered": 3, "items": 3}, 0, id="nothing"),
        pytest.param({"points": 70, "concerns": 0, "answered": 28, "items": 30}, 75, id="two_of_thirty_missing"),
        pytest.param({"points": 70, "concerns": 0, "answered": 26, "items": 30}, None, id="four_missing"),
    ],
)
def test_the_asqse_fills_in_up_to_three_missing_items(totals: dict[str, int], total: int | None) -> None:
    assert score(MEASURES["ASQSE2"], totals, variant="months_12").value("total") == total


@pytest.mark.parametrize(
    ("variant", "code"),
    [pytest.param("", "measure_variant_missing", id="none"), pytest.param("months_7", "measure_variant", id="unknown")],
)
def test_the_asqse_must_say_which_form_it_is(variant: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["ASQSE2"], {"points": 0}, variant=variant)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("totals", "code"),
    [
        pytest.param({"points": 0, "concerns": 0, "answered": 31, "items": 30}, "measure_answered", id="more_answered"),
        pytest.param({"points": 100, "concerns": 0, "answered": 2, "items": 2}, "measure_sum", id="sum_too_high"),
    ],
)
def test_a_sum_that_cannot_be_is_refused(totals: dict[str, int], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["ASQSE2"], totals, variant="months_2")

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("answers", "share"),
    [
        pytest.param([2] * 9 + [1] * 2 + [NOT_APPLICABLE], "81.8", id="nine_of_eleven"),
        pytest.param([2] * 12, "100", id="all_certain"),
        pytest.param([NOT_APPLICABLE] * 12, None, id="all_unknown"),
    ],
)
def test_the_esq_is_the_share_that_is_certainly_true(answers: list[Answer], share: str | None) -> None:
    found = score(MEASURES["ESQ_P"], numbered(answers)).scales[0]

    assert found.value == (None if share is None else Decimal(share))
    assert found.unscored is (Unscored.NOTHING_TO_COUNT if share is None else None)


@pytest.mark.parametrize(
    ("totals", "mean"),
    [
        pytest.param({"sum": 12 * 3, "scored": 12}, 3, id="all_3"),
        pytest.param({"sum": 12 * 5, "scored": 12}, 5, id="all_5"),
        pytest.param({"sum": 9 * 4, "scored": 9}, 4, id="nine_scored"),
        pytest.param({"sum": 8 * 4, "scored": 8}, None, id="eight_scored"),
    ],
)
def test_the_kips_is_a_mean_of_at_least_nine(totals: dict[str, int], mean: int | None) -> None:
    assert score(MEASURES["KIPS"], totals).value("mean") == mean


@pytest.mark.parametrize(
    ("adult", "sensitivity", "band"),
    [pytest.param((7, 4, 3), 7, "Adequate", id="7_4_3"), pytest.param((14, 0, 0), 14, "Sensitive", id="14_0_0")],
)
def test_the_three_adult_scales_of_the_care_index_share_fourteen_points(
    adult: tuple[int, int, int], sensitivity: int, band: str
) -> None:
    found = score(MEASURES["CARE_INDEX"], dict(zip(("sensitive", "controlling", "unresponsive"), adult, strict=True)))

    assert (found.scales[0].value, found.scales[0].band) == (sensitivity, band)


def test_adult_scales_of_the_care_index_that_share_fifteen_points_are_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["CARE_INDEX"], {"sensitive": 7, "controlling": 4, "unresponsive": 4})

    assert (refused.value.code, refused.value.field) == ("measure_check", "sensitive")


def test_each_goal_has_a_score_and_their_mean_is_beside_them() -> None:
    assert scored("GBO", {"sleep": 2, "play": 3, "feeding": 4}) == {"sleep": 2, "play": 3, "feeding": 4, "mean": 3}


@pytest.mark.parametrize("goals", [0, 4])
def test_one_to_three_goals_are_rated_at_a_time(goals: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["GBO"], {str(number): 5 for number in range(goals)})

    assert refused.value.code == "measure_goals"


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        pytest.param("LOARC", {1: "Below the level for concern", 2: "Below the level for concern", 3: "Concern"}),
        pytest.param("PIRGAS", {0: "Concern", 40: "Concern", 41: "Above the level for concern"}),
    ],
)
def test_a_single_rating_has_a_band(code: str, levels: dict[int, str]) -> None:
    (item,) = MEASURES[code].items

    assert {rating: score(MEASURES[code], {item.code: rating}).scales[0].band for rating in levels} == levels


@pytest.mark.parametrize("code", ["NBO", "NBAS"])
def test_an_observation_is_done_and_never_scored(code: str) -> None:
    assert MEASURES[code].entry is Entry.DONE
    with pytest.raises(RuleBroken):
        score(MEASURES[code], {"1": 1})


def test_an_answer_about_self_harm_raises_an_alert_even_where_there_is_no_score() -> None:
    found = score(MEASURES["EPDS"], {"10": 3})

    assert found.values == {}
    assert found.alerts == (Alert(SELF_HARM, ("10",)),)


def test_a_question_about_self_harm_that_was_left_out_is_pointed_out() -> None:
    found = score(MEASURES["CORE10"], {str(n): 1 for n in range(1, 11) if n != 6})

    assert found.value("total") is not None
    assert found.unanswered_risk == ("6",)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param({"1": 4}, "measure_range", id="above"),
        pytest.param({"1": -1}, "measure_range", id="below"),
        pytest.param({"10": 1}, "measure_item", id="no_such_item"),
        pytest.param({"1": None}, "measure_empty", id="nothing"),
        pytest.param({"1": NOT_APPLICABLE}, "measure_range", id="always_applies"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(answers: dict[str, Answer | None], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        score(MEASURES["PHQ9"], answers)

    assert refused.value.code == code


ITEM_MEASURES = [definition for definition in MEASURES.values() if definition.entry is Entry.ITEMS]


@st.composite
def answered(draw: st.DrawFn) -> tuple[MeasureDefinition, dict[str, Answer | None]]:
    """A measure, and answers to it of which some may be missing or may not apply."""
    definition = draw(st.sampled_from(ITEM_MEASURES))
    answers: dict[str, Answer | None] = {}
    for item in definition.items:
        beyond: list[Answer | None] = [None, NOT_APPLICABLE] if item.not_applicable else [None]
        answers[item.code] = draw(st.one_of(st.integers(item.lowest, item.highest), st.sampled_from(beyond)))
    return definition, answers


@given(answered())
def test_no_answers_whatever_leave_the_range_that_is_stated(
    given: tuple[MeasureDefinition, dict[str, Answer | None]],
) -> None:
    definition, answers = given
    if all(answer is None for answer in answers.values()):
        return

    found = score(definition, answers)

    for of_scale in found.scales:
        scale = definition.scale(of_scale.scale) or definition.scales[0]
        assert of_scale.value is None or scale.lowest <= of_scale.value <= scale.highest
        assert (of_scale.value is None) == (of_scale.unscored is not None)
        assert of_scale.value is None or bool(scale.bands) == bool(of_scale.band)


@given(answered())
def test_a_score_needs_no_more_missing_items_than_the_rule_allows(
    given: tuple[MeasureDefinition, dict[str, Answer | None]],
) -> None:
    definition, answers = given
    if all(answer is None for answer in answers.values()):
        return

    for of_scale in score(definition, answers).scales:
        scale = definition.scale(of_scale.scale) or definition.scales[0]
        assert of_scale.value is None or len(of_scale.missing) <= scale.missing.allowed


@given(st.sampled_from([item for definition in ITEM_MEASURES for item in definition.items]), st.data())
def test_an_item_reversed_twice_is_the_item(item: Item, data: st.DataObject) -> None:
    turned = replace(item, value_of_lowest=item.value_of(item.highest), step=-item.step)
    again = replace(turned, value_of_lowest=turned.value_of(turned.highest), step=-turned.step)
    answer = data.draw(st.integers(item.lowest, item.highest))

    assert again.value_of(answer) == item.value_of(answer)
    assert turned.value_of(answer) + item.value_of(answer) == sum(item.values)


def test_only_a_measure_whose_positions_are_entered_reverses_items() -> None:
    turned = {d.code for d in MEASURES.values() if any(item.step < 0 for item in d.items)}

    assert turned == {"EPDS", "CORE10", "PBQ", "PRFQ"}
    assert {MEASURES[code].input_kind for code in turned} == {InputKind.RESPONSE_POSITION}


def test_values_are_what_the_answers_count_as() -> None:
    assert item_values(MEASURES["EPDS"], {"1": 1, "3": 1}) == {"1": 0, "3": 3}
