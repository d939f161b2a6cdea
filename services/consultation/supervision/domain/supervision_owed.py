"""Supervision that somebody should have: minutes by agreement, part time, length of service and leave.

It is reckoned in exact fractions and rounded once, where it is shown. Source: reference section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property

from services.consultation.supervision.domain.supervision_rules import SupervisionRules
from shared.kernel.calendar import add_months
from shared.kernel.errors import RuleBroken

LONG_LEAVE_DAYS = 7
"""Leave that is shorter counts as work."""
_PERIOD_DAYS = 28
_EXPERIENCED_AFTER = 36
"""Months."""


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

    @property
    def is_long(self) -> bool:
        """As leave: nothing is owed in it."""
        return self.days is None or self.days >= LONG_LEAVE_DAYS


@dataclass(frozen=True)
class Agreement:
    """What somebody's post asks for, from a day on until the next agreement begins, or until its last day.

    Raises:
        RuleBroken: the share of full time is not above 0 and at most 1, or it ends before it begins.
    """

    from_on: date
    share: Fraction
    """Of a full-time post."""
    last_on: date | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise RuleBroken(
                "supervision_share", "Enter the share of full time, from 0.01 to 1, such as 0.6.", field="share"
            )
        if self.last_on is not None and self.last_on < self.from_on:
            raise RuleBroken("supervision_last", "The last day must not be before the first.", field="last_on")

    def share_on(self, day: date) -> Fraction:
        return Fraction(0) if self.last_on is not None and day > self.last_on else self.share


@dataclass(frozen=True)
class Supervisee:
    """Whose supervision is reckoned."""

    experience_from: date
    """When their work with babies under two began, with any employer."""
    agreements: Sequence[Agreement]
    """The earliest first."""
    leaves: Sequence[Stretch] = ()
    """As they were recorded; short ones count for nothing."""

    def share_on(self, day: date) -> Fraction:
        """Of a full-time post that is at work; 0 before, after and on long leave."""
        if self.leave_on(day):
            return Fraction(0)
        newest = next((one for one in reversed(self.agreements) if one.from_on <= day), None)
        return newest.share_on(day) if newest else Fraction(0)

    def leave_on(self, day: date) -> Stretch | None:
        """A long one."""
        return next((one for one in self._long_leaves if day in one), None)

    @cached_property
    def _long_leaves(self) -> list[Stretch]:
        return [one for one in self.leaves if one.is_long]

    def is_experienced_on(self, day: date) -> bool:
        """From the third anniversary itself."""
        return day >= self._experienced_on

    @cached_property
    def _experienced_on(self) -> date:
        return add_months(self.experience_from, _EXPERIENCED_AFTER)

    def year_on(self, day: date) -> int | None:
        """Of experience, while it is one of the first three, from 1; None after."""
        return next((year for year in (1, 2, 3) if day < add_months(self.experience_from, 12 * year)), None)

    def owed_on(self, day: date, rules: SupervisionRules) -> Fraction:
        """Minutes of one day."""
        share, rule = self.share_on(day), rules.on(day)
        minutes = rule.experienced_minutes if self.is_experienced_on(day) else rule.new_minutes
        return _of_a_day(share.numerator, share.denominator, minutes)


@cache
def _of_a_day(share: int, of: int, minutes: int) -> Fraction:
    """A team has few different ones, each for thousands of days."""
    return Fraction(share * minutes, of * _PERIOD_DAYS)


def minutes_owed(whose: Supervisee, first: date, last: date, rules: SupervisionRules) -> Fraction:
    """Of these days, both included."""
    days = (first + timedelta(step) for step in range((last - first).days + 1))
    return sum((whose.owed_on(day, rules) for day in days), Fraction(0))
