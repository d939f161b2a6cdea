"""Supervision that somebody should have: minutes by agreement, part time, length of service and leave.

The norm is an hour a week under three years' experience with under-twos and an hour a fortnight after, for a full-time
post. Source: the Parent-Infant Foundation's self-audit tool; reference section 5. It is reckoned in exact fractions and
rounded once, where it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from shared.kernel.calendar import add_months
from shared.kernel.errors import RuleBroken

WINDOW_DAYS = 84
SESSION_MINUTES = 60
"""Somebody is behind when a whole session is missing."""
LONG_LEAVE_DAYS = 7
"""Leave that is shorter counts as work."""
_PERIOD_DAYS = 28
_EXPERIENCED_AFTER = 36
"""Months."""


@dataclass(frozen=True)
class Norm:
    """Minutes in 28 days of a full-time post: a setting of the team."""

    new: int = 240
    experienced: int = 120


@dataclass(frozen=True)
class Stretch:
    """Days, both included; without a last day it goes on."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def days(self) -> int | None:
        return None if self.last is None else (self.last - self.first).days + 1


@dataclass(frozen=True)
class Agreement:
    """What somebody's post asks for, from a day on until the next agreement begins.

    Raises:
        RuleBroken: the share of full time is not above 0 and at most 1.
    """

    from_on: date
    share: Fraction
    """Of a full-time post."""

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise RuleBroken(
                "supervision_share", "Enter the share of full time, from 0.01 to 1, such as 0.6.", field="share"
            )


@dataclass(frozen=True)
class Supervisee:
    """Whose supervision is reckoned."""

    experience_from: date
    """When their work with babies under two began, with any employer."""
    employed: Stretch
    agreements: Sequence[Agreement]
    """The earliest first."""
    leaves: Sequence[Stretch] = ()
    """As they were recorded; short ones count for nothing."""

    def share_on(self, day: date) -> Fraction:
        """Of a full-time post that is at work; 0 before, after and on long leave."""
        if day not in self.employed or any(day in leave for leave in self.leaves if _is_long(leave)):
            return Fraction(0)
        return next((one.share for one in reversed(self.agreements) if one.from_on <= day), Fraction(0))

    def is_experienced_on(self, day: date) -> bool:
        """From the third anniversary itself."""
        return day >= add_months(self.experience_from, _EXPERIENCED_AFTER)


def _is_long(leave: Stretch) -> bool:
    return leave.days is None or leave.days >= LONG_LEAVE_DAYS


def minutes_owed(whose: Supervisee, first: date, last: date, norm: Norm) -> Fraction:
    """Of these days, both included."""
    return sum((_owed_on(whose, day, norm) for day in _days(first, last)), Fraction(0))


def _owed_on(whose: Supervisee, day: date, norm: Norm) -> Fraction:
    minutes = norm.experienced if whose.is_experienced_on(day) else norm.new
    return whose.share_on(day) * minutes / _PERIOD_DAYS


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(step) for step in range((last - first).days + 1))


@dataclass(frozen=True)
class Given:
    """Supervision that somebody had."""

    on: date
    minutes: Fraction


@dataclass(frozen=True)
class Balance:
    """What was given against what was owed, over the 84 days that end on a day."""

    owed: Fraction
    given: Fraction

    @property
    def minutes(self) -> int:
        """Below 0: missing. Rounded once, half to even."""
        return round(self.given - self.owed)

    @property
    def is_behind(self) -> bool:
        """A whole session or more is missing; nobody who owes nothing is behind."""
        return self.owed > 0 and self.minutes <= -SESSION_MINUTES

    @property
    def percent(self) -> int | None:
        """Cut, never rounded up; None when nothing was owed."""
        return int(self.given * 100 / self.owed) if self.owed else None


def balance_on(day: date, whose: Supervisee, given: Sequence[Given], norm: Norm) -> Balance:
    """Surplus that is older than the window pays nothing."""
    first = day - timedelta(WINDOW_DAYS - 1)
    had = sum((one.minutes for one in given if first <= one.on <= day), Fraction(0))
    return Balance(minutes_owed(whose, first, day, norm), had)


def good_until(day: date, whose: Supervisee, given: Sequence[Given], norm: Norm) -> date | None:
    """The last day before the balance falls by a whole session, if nothing more is given; None within 84 days.

    It falls when a session leaves the window: the day before is the day by which it must be made good.
    """
    now = balance_on(day, whose, given, norm).minutes
    days = (day + timedelta(step) for step in range(1, WINDOW_DAYS + 1))
    falls = (one for one in days if balance_on(one, whose, given, norm).minutes <= now - SESSION_MINUTES)
    first = next(falls, None)
    return first - timedelta(1) if first else None
