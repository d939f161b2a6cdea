"""Published cells as rows."""

from typing import Any

from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden


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


def point_of(row: Any) -> PublishedPoint:
    """What such a row says."""
    return PublishedPoint(
        starts=row.starts,
        period=Period(row.period),
        numerator=row.numerator,
        denominator=row.denominator,
        median=row.median,
        ninetieth=row.ninetieth,
        why_hidden=WhyHidden(row.why_hidden) if row.why_hidden else None,
        is_finished=row.is_finished,
    )
