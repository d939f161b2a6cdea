"""A whole date as people and programs write it: the day before the month, and always with its year."""

import re
from datetime import date

from shared.kernel.calendar import EARLIEST, LATEST
from shared.kernel.figures import plain_figures

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINAL = re.compile(r"(?<=[0-9])\s*(?:st|nd|rd|th)\b(?:\s+of\b)?")
_TIME = re.compile(
    r"[t ,]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+")
_BETWEEN = re.compile(r"[/., \-]+")
_NAMED = re.compile(r"(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])")
_YEAR_DIGITS = 4
_YEAR_FIRST_OR_LAST = re.compile("[0-9]{2}-[0-9]{2}-[0-9]{2}")
LONGEST = 60
"""Characters of a date, with its weekday and time."""
MAY_COME = 20
"""Years ahead, of a day that need not be past, such as the end of a post or of a plan."""


def written_day(text: str, today: date, *, ahead: int = 1) -> date | None:
    """The day that is meant; None if it is none, could be two, or is not between 1900 and 2100.

    Args:
        ahead: years; a year of two digits is the last such one that is not later than so many after today.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    words = _ORDINAL.sub("", plain_figures(text).strip().lower())
    words = _WEEKDAY.sub("", _TIME.sub("", words))
    if _YEAR_FIRST_OR_LAST.fullmatch(words):
        return None
    parts = [part for part in _BETWEEN.split(_NAMED.sub(" ", words).replace("'", "")) if part]
    found = {day for order in _orders(parts) if (day := _day(*order, today, ahead))}
    return found.pop() if len(found) == 1 else None


def month_named(name: str) -> int | None:
    """`march`, `Mar.` or `sept` → 3, 3, 9."""
    short = name.lower().strip(" .,")
    full = short[:3] in MONTHS and short.isalpha()
    return MONTHS.index(short[:3]) + 1 if full else None


def whole_year(year: str, today: date, ahead: int) -> int:
    """Of four digits, or of two: then not more than `ahead` years after today."""
    if len(year) != len("26"):
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if century + int(year) > today.year + ahead else 0)


def _orders(parts: list[str]) -> list[tuple[str, str, str]]:
    """Day, month and year, in each way that the parts could be meant."""
    if len(parts) == 1 and re.fullmatch("[0-9]{8}", parts[0]):
        one = parts[0]
        return [(one[:2], one[2:4], one[4:]), (one[6:], one[4:6], one[:4])]
    if len(parts) != 3:
        return []
    first, second, third = parts
    if len(first) == _YEAR_DIGITS:
        return [(third, second, first)]
    return [(second, first, third)] if first.isalpha() else [(first, second, third)]


def _day(day: str, month: str, year: str, today: date, ahead: int) -> date | None:
    number = month_named(month) if month.isalpha() else int(month) if re.fullmatch("[0-9]{1,2}", month) else None
    if number is None or not re.fullmatch("[0-9]{1,2}", day) or not re.fullmatch("[0-9]{2}|[0-9]{4}", year):
        return None
    try:
        found = date(whole_year(year, today, ahead), number, int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
