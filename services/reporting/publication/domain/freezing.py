"""When a month is frozen, and what is published then: the month itself, and what has changed of those before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.reporting.publication.domain.gated_indicator import CellKey, Cells
from services.reporting.publication.domain.published_point import PublishedPoint, WhyHidden
from services.reporting.publication.domain.revision import Cause, cause_of
from services.reporting.publication.domain.span import months_later
from shared.kernel.calendar import add_working_days

FROZEN_ON_WORKING_DAY = 10
"""Of the month after. Source: the monthly round that region and teams agreed on."""


def freezing_day(month: date) -> date:
    """The day on which it is frozen, in Europe/London; bank holidays do not count."""
    return add_working_days(months_later(month, 1) - timedelta(days=1), FROZEN_ON_WORKING_DAY)


def last_to_freeze(today: date) -> date:
    """The last month whose day has come."""
    month = months_later(today.replace(day=1), -1)
    return month if freezing_day(month) <= today else months_later(month, -1)


@dataclass(frozen=True)
class Batch:
    """What is published together when a month is frozen, of one indicator.

    Args:
        last: the last month that was frozen before; None: none was.
    """

    before: Cells
    now: Cells
    last: date | None

    def cells(self) -> Iterator[tuple[date, Cause, CellKey, PublishedPoint]]:
        """Each with the month and the cause of its snapshot. A cell that is no more says that there is no data."""
        for key in {**self.before, **self.now}:
            point, was = self.now.get(key), self.before.get(key)
            if point is None and was is not None and was.why_hidden is WhyHidden.NO_DATA:
                continue  # it was said that it is gone
            if self.last is None or key.ends > self.last:
                cause: Cause | None = Cause.FROZEN
            else:
                cause = cause_of(was, point, is_new_definition=not self.before)
            if cause is not None:
                yield key.ends, cause, key, point or _gone(self.before, key)


def _gone(before: Mapping[CellKey, PublishedPoint], key: CellKey) -> PublishedPoint:
    return PublishedPoint(before[key].starts, before[key].period, why_hidden=WhyHidden.NO_DATA)
