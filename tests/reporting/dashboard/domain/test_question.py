"""What a team is asked about its figures."""

from datetime import date
from fractions import Fraction

import pytest

from services.reporting.dashboard.domain.question import modified_z, questions
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME, REFERRALS_RECEIVED
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries
from services.reporting.variation.domain.variation import variation_of
from tests.reporting.variation.a_region import a_series

USUAL = [12, 14, 11, 13, 12, 15, 12, 11, 13]


@pytest.mark.parametrize(
    ("numbers", "rule"),
    [
        ([*USUAL, 0], "sudden zero"),
        ([*USUAL, 40], "far from usual"),
        ([*USUAL, 14], None),
        ([*USUAL, None], None),
        ([12, 14, 0], None),
    ],
)
def test_a_sudden_nothing_and_a_leap_are_asked_about(numbers: list[int | None], rule: str | None) -> None:
    found = questions([variation_of(REFERRALS_RECEIVED, a_series([*numbers, 3], "preston"))])

    assert [one.rule for one in found] == ([rule] if rule else [])


def test_a_question_says_what_is_usual() -> None:
    [asked] = questions([variation_of(DECIDED_IN_TIME, a_series([*USUAL, 40, 3], "preston"))])

    assert asked.asks == "40% in August 2024, where 12% is usual. Is that right?"


def test_a_share_of_more_than_all_is_asked_about_however_usual_it_is() -> None:
    point = PublishedPoint(date(2026, 3, 1), Period.MONTH, 12, 10)

    [asked] = questions([variation_of(DECIDED_IN_TIME, PublishedSeries(9, 1, "preston", [point]))])

    assert asked.asks == "12 of 10 in March 2026: more than all. Which is wrong?"


def test_the_region_is_not_asked() -> None:
    assert questions([variation_of(REFERRALS_RECEIVED, a_series([*USUAL, 0, 3]))]) == []


def test_how_far_a_value_is_from_others() -> None:
    others = [Fraction(one) for one in (1, 2, 3, 4, 5)]

    assert modified_z(Fraction(9), others) == Fraction(6745, 10_000) * 6
    assert modified_z(Fraction(9), [Fraction(5)] * 4) is None
