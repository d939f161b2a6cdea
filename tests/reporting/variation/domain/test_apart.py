"""Two teams differ by more than chance only where the intervals of their latest month do not meet."""

from datetime import date

from services.reporting.indicators.packs.referral import DECIDED_IN_TIME
from services.reporting.variation.domain.apart import are_apart
from services.reporting.variation.domain.variation import Variation, variation_of
from tests.reporting.builders import a_series


def said(number: int | None, of: int | None, *, starts: date = date(2026, 1, 1)) -> Variation:
    return variation_of(DECIDED_IN_TIME, a_series(number, indicator=9, of=[of], starts=starts))


def test_nine_in_ten_and_four_in_ten_of_fifty_are_apart_and_of_ten_they_are_not() -> None:
    assert are_apart(said(45, 50), said(20, 50)) is True
    assert are_apart(said(9, 10), said(4, 10)) is False


def test_it_is_the_same_whichever_is_named_first() -> None:
    assert are_apart(said(20, 50), said(45, 50)) is True


def test_nothing_is_said_of_what_is_hidden_of_fewer_than_eight_or_of_another_month() -> None:
    assert are_apart(said(None, None), said(45, 50)) is None
    assert are_apart(said(7, 7), said(1, 50)) is None
    assert are_apart(said(60, 50), said(20, 50)) is None, "more than all"
    assert are_apart(said(45, 50), said(20, 50, starts=date(2025, 12, 1))) is None
