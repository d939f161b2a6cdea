"""Which scores of an episode are compared. Source: reference 4.1."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.measures.domain.measure import Respondent
from services.referral.measures.domain.measure_pair import Series, Taken, by_series, pair, paired_changes
from services.referral.measures.packs.measures import MEASURES
from shared.contracts.pathway_codes import ChangeClass

START = date(2026, 3, 2)
LEONIE, DAN, SHANNON, HER_TWIN = (UUID(int=number) for number in range(1, 5))
_numbers = count(100)
SERIES = Series("KPCS", "1", "", Respondent.CAREGIVER, LEONIE, SHANNON)


def taken(day: int, value: int = 30, **series: Any) -> Taken:
    on = START + timedelta(day)
    return Taken(UUID(int=next(_numbers)), replace(SERIES, **series), on, {"total": Decimal(value)})


def test_the_first_of_an_episode_is_compared_with_the_last() -> None:
    first, middle, last = taken(0), taken(30), taken(90)

    (found,) = pair([middle, last, first])

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(("days", "pairs"), [(13, 0), (14, 1)])
def test_two_scores_less_than_fourteen_days_apart_are_no_pair(days: int, pairs: int) -> None:
    assert len(pair([taken(0), taken(days)])) == pairs


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"code": "EPDS"}, id="another_measure"),
        pytest.param({"version": "2"}, id="another_version"),
        pytest.param({"variant": "months_6"}, id="another_form"),
        pytest.param({"person_id": DAN}, id="another_carer"),
        pytest.param({"respondent": Respondent.PRACTITIONER}, id="another_respondent"),
        pytest.param({"baby_id": HER_TWIN}, id="another_baby"),
    ],
)
def test_scores_that_are_not_of_the_same_thing_are_no_pair(other: dict[str, Any]) -> None:
    assert pair([taken(0), taken(60, **other)]) == ()


def test_each_twin_has_a_pair_of_their_own() -> None:
    of_both = [taken(0), taken(0, baby_id=HER_TWIN), taken(60), taken(60, baby_id=HER_TWIN)]

    assert {one.first.series.baby_id for one in pair(of_both)} == {SHANNON, HER_TWIN}


def test_a_goal_that_was_set_later_is_compared_from_then_on() -> None:
    goals = replace(SERIES, code="GBO")
    ratings = [(0, {"play": 2}), (30, {"play": 3, "sleep": 5}), (60, {"play": 6, "sleep": 2}), (61, {"new": 1})]
    of_goals = [
        Taken(UUID(int=day), goals, START + timedelta(day), {goal: Decimal(v) for goal, v in values.items()})
        for day, values in ratings
    ]

    pairs = pair(of_goals)
    found = paired_changes(MEASURES["GBO"], pairs)

    assert {one.scale: (one.first.on - START).days for one in pairs} == {"play": 0, "sleep": 30}
    assert {goal: one.change_class for goal, one in found.items()} == {
        "play": ChangeClass.RELIABLY_IMPROVED,
        "sleep": ChangeClass.RELIABLY_DETERIORATED,
    }


def test_an_administration_without_a_score_is_passed_over() -> None:
    unscored = replace(taken(90), values={})

    (found,) = pair([taken(0), taken(60), unscored])

    assert found.last.on == START + timedelta(60)


def test_the_change_of_a_pair_uses_the_cut_off_of_its_form() -> None:
    dads = {"code": "EPDS", "variant": "father", "baby_id": None}

    found = paired_changes(MEASURES["EPDS"], pair([taken(0, 12, **dads), taken(60, 8, **dads)]))

    assert found["total"].change_class is ChangeClass.RECOVERED


@given(st.lists(st.integers(0, 400), max_size=8))
def test_a_series_has_one_pair_at_most_and_it_is_the_widest(days: list[int]) -> None:
    found = pair(taken(day) for day in days)

    if days and max(days) - min(days) >= 14:
        (only,) = found
        assert ((only.first.on - START).days, (only.last.on - START).days) == (min(days), max(days))
    else:
        assert found == ()


@given(st.permutations([0, 20, 40]))
def test_a_series_is_in_the_order_of_its_days(days: list[int]) -> None:
    (those,) = by_series(taken(day) for day in days).values()

    assert [(one.on - START).days for one in those] == [0, 20, 40]
