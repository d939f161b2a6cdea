"""The year that a page shows of a figure's parts."""

from datetime import date

from services.reporting.dashboard.domain.year import points_of_year, year_words
from services.reporting.indicators.packs.referral import REFERRALS_RECEIVED
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries

OCTOBER = date(2026, 10, 1)


def test_parts_are_shown_of_the_financial_year_that_goes_on_so_far() -> None:
    years = [
        PublishedPoint(date(2025, 4, 1), Period.YEAR, 240),
        PublishedPoint(date(2026, 4, 1), Period.YEAR, 130, is_finished=False),
    ]
    series = PublishedSeries(1, 1, "", years, "source", "self")

    assert points_of_year(REFERRALS_RECEIVED, series, OCTOBER) == years[1:]
    assert year_words(years[1:], OCTOBER) == "from April 2026, so far"
    assert year_words(years[:1], OCTOBER) == "April 2025 to March 2026"
