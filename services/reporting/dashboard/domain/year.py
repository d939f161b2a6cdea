"""The last twelve months of a series, where they can be added up."""

from collections.abc import Sequence
from datetime import date

from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.publication.domain.span import months_later
from shared.kernel.calendar import month_words


def points_of_year(indicator: Indicator, series: PublishedSeries, month: date) -> list[PublishedPoint]:
    """The finished ones of the twelve months to that one; of what cannot be added, the last.

    What is published by years (April to March) has its last one, also while that goes on.
    """
    begun = [point for point in series.points if point.starts <= month]
    if begun and begun[-1].period is Period.YEAR:
        return begun[-1:]
    finished = [point for point in series.points if point.is_finished and point.months[-1] <= month]
    if not indicator.adds_up:
        return finished[-1:]
    return [point for point in finished if point.starts >= months_later(month, -11)]


def year_words(points: Sequence[PublishedPoint], month: date) -> str:
    """Which months such points are of: `April 2025 to March 2026`, `from April 2026, so far`."""
    if points and points[-1].period is Period.YEAR:
        point = points[-1]
        words = f"{month_words(point.months[0])} to {month_words(point.months[-1])}"
        return words if point.is_finished else f"from {month_words(point.starts)}, so far"
    return f"twelve months to {month_words(month)}"


def absent_word(points: Sequence[PublishedPoint]) -> str:
    """What stands in the place of a sum of these that cannot be told: `hidden`, or `no data`."""
    return "hidden" if any(point.why_hidden is WhyHidden.SMALL for point in points) else "no data"


def sum_of_year(indicator: Indicator, series: PublishedSeries, month: date) -> int | None:
    """None when a part of it is hidden, or when there is no year yet."""
    points = points_of_year(indicator, series, month)
    known = [point.numerator for point in points if point.numerator is not None]
    is_whole = not indicator.adds_up or sum(len(point.months) for point in points) == 12
    return sum(known) if known and len(known) == len(points) and is_whole else None
