"""The last twelve months of a series, where they can be added up."""

from datetime import date

from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.indicators.domain.tally import Over
from services.reporting.publication.domain.published_point import PublishedPoint, PublishedSeries
from services.reporting.publication.domain.span import months_later


def can_be_added(indicator: Indicator) -> bool:
    """What happened in months can; what was there at their ends, or is reckoned for each anew, is counted again."""
    return all(tally.over is Over.MONTH and not any(term.by for term in tally.terms) for tally in indicator.tallies)


def points_of_year(indicator: Indicator, series: PublishedSeries, month: date) -> list[PublishedPoint]:
    """The finished ones of the twelve months to that one; of what cannot be added, the last."""
    finished = [point for point in series.points if point.is_finished and point.months[-1] <= month]
    if not can_be_added(indicator):
        return finished[-1:]
    return [point for point in finished if point.starts >= months_later(month, -11)]


def sum_of_year(indicator: Indicator, series: PublishedSeries, month: date) -> int | None:
    """None when a part of it is hidden, or when there is no year yet."""
    points = points_of_year(indicator, series, month)
    known = [point.numerator for point in points if point.numerator is not None]
    is_whole = not can_be_added(indicator) or sum(len(point.months) for point in points) == 12
    return sum(known) if known and len(known) == len(points) and is_whole else None
