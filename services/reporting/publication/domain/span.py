"""Months, each as its first day."""

from datetime import date


def months_later(month: date, number: int) -> date:
    """The first day of the month that comes `number` months later; earlier when it is negative."""
    index = month.year * 12 + month.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)
