"""Published cells as rows."""

from typing import Any

from services.reporting.publication.domain.published_point import PublishedPoint, PublishedSeries


def cell_of(series: PublishedSeries, point: PublishedPoint) -> dict[str, Any]:
    """A row of `published`, but for its snapshot and audience."""
    return {
        "indicator": series.indicator,
        "version": series.version,
        "team": series.team,
        "period": point.period.value,
        "starts": point.starts,
        "way": series.way,
        "part": series.part,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "median": point.median,
        "ninetieth": point.ninetieth,
        "why_hidden": point.why_hidden.value if point.why_hidden else None,
        "is_finished": point.is_finished,
    }
