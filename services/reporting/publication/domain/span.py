"""The stretches of months that figures are totalled over.

They never overlap, and a longer stretch is the sum of what is shown for shorter ones: two totals that differ by one
month would give that month away (reference 7.4 e).
"""

from dataclasses import dataclass
from datetime import date

LONGEST_YEARS = 3


@dataclass(frozen=True)
class Span:
    """Whole calendar months, both included, each as its first day."""

    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        months = [self.first]
        while months[-1] < self.last:
            months.append(months_later(months[-1], 1))
        return tuple(months)


def spans(today: date, *, years: int) -> tuple[Span, ...]:
    """The present month with the twelve before it, then each twelve before those; the latest first.

    Args:
        today: date in Europe/London.
        years: 1 to LONGEST_YEARS.
    """
    present = today.replace(day=1)
    latest = Span(months_later(present, -12), present)
    earlier = [
        Span(months_later(latest.first, -12 * year), months_later(latest.first, -12 * (year - 1) - 1))
        for year in range(1, years)
    ]
    return (latest, *earlier)


def months_later(month: date, number: int) -> date:
    """The first day of the month that comes `number` months later; earlier when it is negative."""
    index = month.year * 12 + month.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)
