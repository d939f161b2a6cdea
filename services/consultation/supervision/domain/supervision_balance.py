"""What somebody was given against what they are owed: judged over 84 days, and behind only from a whole hour on.

An hour each fortnight gives 360 of 360 minutes whatever day the 84 days end; in a calendar month it may be 120 of
132.86, which is nobody's fault: months are shown and never judged.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import lcm

from services.consultation.supervision.domain.supervision_owed import Supervisee
from services.consultation.supervision.domain.supervision_rules import SupervisionRules

WINDOW_DAYS = 84
SESSION_MINUTES = 60
"""Somebody is behind when a whole session is missing."""
_BACK = timedelta(WINDOW_DAYS - 1)


@dataclass(frozen=True)
class Given:
    """Supervision that somebody had."""

    on: date
    minutes: Fraction


@dataclass(frozen=True)
class Balance:
    """What was given against what was owed, over some days."""

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

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(self.owed + other.owed, self.given + other.given)


NOTHING = Balance(Fraction(0), Fraction(0))


class _Sums:
    """Of fractions, kept as whole numbers of their common part: exact, and as fast."""

    def __init__(self, values: Sequence[Fraction]) -> None:
        self._parts = lcm(*{one.denominator for one in values})
        self._sums = [0, *accumulate(one.numerator * (self._parts // one.denominator) for one in values)]

    def between(self, begin: int, end: int) -> Fraction:
        return Fraction(self._sums[end] - self._sums[begin], self._parts)


class Ledger:
    """Owed and given by day, summed once: whatever is asked of it then is a subtraction.

    Args:
        first: of the days that it knows; `last` too.
    """

    def __init__(
        self, whose: Supervisee, given: Iterable[Given], rules: SupervisionRules, first: date, last: date
    ) -> None:
        self._first = first
        days = [first + timedelta(step) for step in range((last - first).days + 1)]
        had: defaultdict[date, Fraction] = defaultdict(Fraction)
        for one in given:
            had[one.on] += one.minutes
        self._owed, self._given = _Sums([whose.owed_on(day, rules) for day in days]), _Sums([had[day] for day in days])

    def between(self, first: date, last: date) -> Balance:
        """Both included, and both among the days that it knows."""
        begin, end = (first - self._first).days, (last - self._first).days + 1
        return Balance(self._owed.between(begin, end), self._given.between(begin, end))

    def balance_on(self, day: date) -> Balance:
        """Over the 84 days that end on it: surplus that is older pays nothing."""
        return self.between(day - _BACK, day)


def ledger_for(day: date, whose: Supervisee, given: Iterable[Given], rules: SupervisionRules) -> Ledger:
    """That knows what is asked of one day: its balance, and when that falls."""
    return Ledger(whose, given, rules, day - _BACK, day + timedelta(WINDOW_DAYS))


def balance_on(day: date, whose: Supervisee, given: Iterable[Given], rules: SupervisionRules) -> Balance:
    """Of a day that ends 84."""
    return ledger_for(day, whose, given, rules).balance_on(day)


@dataclass(frozen=True)
class Fall:
    """A balance becomes worse by an hour, or an hour or more is missing for the first time."""

    on: date
    minutes: int
    """The balance then."""
    gone: int
    """Minutes of supervision that are 84 days old on that day and count no longer; 0: more is owed by then."""

    @property
    def by(self) -> date:
        """The last day on which it can be made good."""
        return self.on - timedelta(1)

    @property
    def gone_from(self) -> date:
        """When that supervision was."""
        return self.on - timedelta(WINDOW_DAYS)


def next_fall(ledger: Ledger, day: date, *, within: int = WINDOW_DAYS) -> Fall | None:
    """After a day, if no more is given than the ledger knows; None when it does not within so many days."""
    now = ledger.balance_on(day).minutes
    limit = -SESSION_MINUTES if now > -SESSION_MINUTES else now - SESSION_MINUTES
    days = (day + timedelta(step) for step in range(1, within + 1))
    on = next((one for one in days if ledger.balance_on(one).minutes <= limit), None)
    if on is None:
        return None
    old = on - timedelta(WINDOW_DAYS)
    return Fall(on, ledger.balance_on(on).minutes, round(ledger.between(old, old).given))
