"""How days are counted: all of them or working days, with paused ones left out, and on which day a target is over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from shared.kernel.calendar import add_working_days, is_working_day, working_days_between


@dataclass(frozen=True)
class Count:
    """One way of counting a wait: gross, or adjusted."""

    days: int
    """In the clock's unit; 0 or more."""
    target: int
    breach_on: date
    """The first day over the target: if it goes on unpaused, or where it would have been."""
    due_on: date
    """The last day within the target; where working days count, the last working day."""

    @property
    def breached(self) -> bool:
        return self.days > self.target


@dataclass(frozen=True, order=True)
class Span:
    """The days after `start`, up to and including `end`."""

    start: date
    end: date


def merged(spans: Iterable[Span], within: Span) -> list[Span]:
    """Those parts of the spans that are within, in order, each day once."""
    parts: list[Span] = []
    clipped = (Span(max(span.start, within.start), min(span.end, within.end)) for span in spans)
    for span in sorted(span for span in clipped if span.start < span.end):
        if parts and span.start <= parts[-1].end:
            parts[-1] = Span(parts[-1].start, max(parts[-1].end, span.end))
        else:
            parts.append(span)
    return parts


@dataclass(frozen=True)
class Unit:
    """Days, or working days: how to count them, to go on by some, and which days are any."""

    between: Callable[[date, date], int]
    after: Callable[[date, int], date]
    counts: Callable[[date], bool] = field(default=lambda _: True)

    def count(self, wait: Span, paused: list[Span], target: int) -> Count:
        days = self.between(wait.start, wait.end) - sum(self.between(span.start, span.end) for span in paused)
        breach_on = self._day_after(wait.start, paused, target + 1)
        due_on = breach_on - timedelta(days=1)
        while not self.counts(due_on) and due_on > wait.start:
            due_on -= timedelta(days=1)
        return Count(days, target, breach_on, due_on)

    def _day_after(self, start: date, paused: list[Span], count: int) -> date:
        """The first day on which that many days were counted, with pauses left out."""
        for span in paused:
            counted = self.between(start, span.start)
            if counted >= count:
                break
            start, count = span.end, count - counted
        return self.after(start, count)


DAYS = Unit(lambda start, end: (end - start).days, lambda start, count: start + timedelta(days=count))
WORKING_DAYS = Unit(working_days_between, add_working_days, is_working_day)
