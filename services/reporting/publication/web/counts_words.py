"""A published figure in a cell of a list: its counts, or why there are none."""

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.published_point import PublishedPoint, WhyHidden


def counts_words(point: PublishedPoint | None, shape: Shape) -> str:
    """`12`, `8 of 20`, `9 days, of 20`, `hidden`, `no data`; `none` where nothing was published."""
    if point is None:
        return "none"
    if point.why_hidden is not None or point.numerator is None:
        return "hidden" if point.why_hidden is WhyHidden.SMALL else "no data"
    if shape is Shape.DAYS:
        return f"{point.median} days, of {point.numerator:,}" if point.median is not None else f"of {point.numerator:,}"
    if point.denominator is None:
        return f"{point.numerator:,}"
    return f"{point.numerator:,} of {point.denominator:,}"
