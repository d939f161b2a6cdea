"""What a published point is of, in words."""

from services.reporting.publication.domain.published_point import PublishedPoint
from shared.kernel.calendar import month_words


def period_words(point: PublishedPoint) -> str:
    """`October 2026`, `July to September 2026`, `April 2025 to March 2026`."""
    first, last = point.months[0], point.months[-1]
    if first == last:
        return month_words(first)
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {month_words(last)}"


def short_period(point: PublishedPoint) -> str:
    """`Oct 2026`, `Jul–Sep 2026`, `Apr 2025–Mar 2026`."""
    first, last = point.months[0], point.months[-1]
    if first == last:
        return f"{first:%b %Y}"
    return f"{first:%b}{'' if first.year == last.year else f' {first.year}'}–{last:%b %Y}"
