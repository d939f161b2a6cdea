"""Until when a training counts, half-open as all services read it: trained while `day < until_on`.

A certificate prints the day before. Source: reference section 6.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel.calendar import add_months


@dataclass(frozen=True)
class Held:
    """A training that somebody completed."""

    from_on: date
    """The day on which they had attended enough."""
    until_on: date | None
    """The first day on which it no longer counts; None: it never ends."""

    def counts_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def valid_until(self) -> date | None:
        """The last day that counts, as a certificate says it."""
        return self.until_on - timedelta(1) if self.until_on else None


def held_from(day: date, refresh_months: int | None, *, keeps_anniversary_of: Held | None = None) -> Held:
    """What a completion on that day gives, by the version of the course that was attended.

    Args:
        refresh_months: None for a course that never has to be refreshed.
        keeps_anniversary_of: what it renews, where the course keeps the first anniversary and it still counts.
    """
    if refresh_months is None:
        return Held(day, None)
    renewed = keeps_anniversary_of
    if renewed and renewed.until_on and renewed.counts_on(day):
        return Held(day, add_months(renewed.until_on, refresh_months))
    return Held(day, add_months(day, refresh_months))


def newest(trainings: Iterable[Held]) -> Held | None:
    """What counts of several in one course: the latest bound, whichever was recorded first."""
    return max(trainings, key=lambda one: (one.until_on or date.max, one.from_on), default=None)


def has_expired(held: Held, today: date) -> bool:
    """Today, in London, is the first day on which it no longer counts, or later."""
    return held.until_on is not None and today >= held.until_on
