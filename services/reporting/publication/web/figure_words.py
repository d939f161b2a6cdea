"""A published figure in a cell of a list: its counts, or why there are none."""

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.published_point import Period, PublishedPoint, WhyHidden
from shared.kernel.calendar import month_words


def figure_words(point: PublishedPoint | None, shape: Shape) -> str:
    """`12`, `8 of 20`, `9 days, of 20`, `hidden`, `no data`; `none` where nothing was published."""
    if point is None:
        return "none"
    if point.why_hidden is not None or point.numerator is None:
        return "no data" if point.why_hidden is WhyHidden.NO_DATA else "hidden"
    if shape is Shape.DAYS:
        return f"{point.median} days, of {point.numerator:,}" if point.median is not None else f"of {point.numerator:,}"
    if point.denominator is None:
        return f"{point.numerator:,}"
    return f"{point.numerator:,} of {point.denominator:,}"


def time_words(point: PublishedPoint) -> str:
    """`March 2026`, `January to March 2026`, `April 2025 to March 2026`."""
    first, last = point.months[0], point.months[-1]
    if point.period is Period.MONTH:
        return month_words(first)
    return (
        f"{first:%B} to {month_words(last)}"
        if first.year == last.year
        else f"{month_words(first)} to {month_words(last)}"
    )
