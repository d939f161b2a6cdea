"""How many of an organisation hold a training in date."""

from datetime import date

from services.training.certificates.domain.refresh import Held
from services.training.coverage.domain.coverage import AtWork, Headcount, coverage_on, coverage_without_leave

DAY = date(2026, 6, 15)
IN_DATE, LAPSED = Held(date(2025, 1, 1), date(2028, 1, 1)), Held(date(2020, 1, 1), date(2023, 1, 1))
REGISTER = [AtWork([IN_DATE])] * 15 + [AtWork([LAPSED])] * 3 + [AtWork([IN_DATE], True), AtWork([], True)]


def test_everybody_of_the_register_counts_against_the_headcount_and_leave_leaves_both_sides() -> None:
    whole, present = (
        coverage_on(DAY, REGISTER, [Headcount(date(2026, 4, 1), 20)]),
        coverage_without_leave(DAY, REGISTER),
    )

    assert (whole.in_date, whole.of, whole.percent) == (16, 20, 80)
    assert (present.in_date, present.of, present.percent) == (15, 18, 83)


def test_more_people_than_the_headcount_is_no_percentage_but_an_older_headcount() -> None:
    found = coverage_on(DAY, [AtWork([IN_DATE])] * 22, [Headcount(date(2026, 4, 1), 20)])

    assert found.percent is None
    assert found.in_words == "22 of 20: the headcount of 1 April 2026 is older"


def test_no_headcount_is_not_known() -> None:
    found = coverage_on(DAY, REGISTER, [Headcount(date(2026, 7, 1), 20)])

    assert (found.of, found.percent, found.in_words) == (None, None, "16, headcount not known")


def test_the_newest_row_on_or_before_the_day_counts_whenever_it_was_entered() -> None:
    rows = [Headcount(date(2026, 4, 1), 20), Headcount(date(2026, 6, 15), 40), Headcount(date(2025, 1, 1), 5)]

    assert coverage_on(DAY, REGISTER, rows).of == 40


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    ends = [AtWork([Held(date(2023, 7, 1), date(2026, 7, 1))])]
    rows = [Headcount(date(2026, 1, 1), 1)]

    assert coverage_on(date(2026, 6, 30), ends, rows).percent == 100
    assert coverage_on(date(2026, 7, 1), ends, rows).percent == 0


def test_a_percentage_is_cut_and_never_rounded_up() -> None:
    assert coverage_on(DAY, [AtWork([IN_DATE])] * 399, [Headcount(DAY, 500)]).percent == 79
