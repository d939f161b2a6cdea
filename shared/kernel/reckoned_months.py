"""Which months are reckoned: those that are over, back for a year, and none before a team's first record."""

from collections.abc import Sequence
from datetime import date, timedelta

from shared.kernel.calendar import add_months, months_between

MONTHS_BACK = 12
"""What is older stays as it was told."""


def reckoned_months(today: date, first: date | None) -> Sequence[date]:
    """Args: first: the day of the team's first record; None: it has none."""
    if first is None:
        return []
    last = add_months(today.replace(day=1), -1)
    begun = max(add_months(last, 1 - MONTHS_BACK), first.replace(day=1))
    return months_between(begun, last) if begun <= last else []


def last_day(month: date) -> date:
    """Args: month: its first day."""
    return add_months(month, 1) - timedelta(1)
