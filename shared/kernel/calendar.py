"""Days as people in England count and write them.

Bank holidays follow the Banking and Financial Dealings Act 1971 and the proclamations that moved or added single days.
"""

from datetime import date, timedelta
from functools import cache

MONDAY, SATURDAY = 0, 5

_MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
_ADDED = (date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and including `end`; 0 on the same day, and when `end` is earlier."""
    whole_weeks, rest = divmod(max((end - start).days, 0), 7)
    last = [end - timedelta(days) for days in range(rest)]
    weekdays = whole_weeks * 5 + sum(day.weekday() < SATURDAY for day in last)
    holidays = (day for year in range(start.year, end.year + 1) for day in bank_holidays(year))
    return weekdays - sum(start < day <= end for day in holidays)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a bank holiday in England."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a year, from 1978 on; none of them is at a weekend."""
    easter = _easter_sunday(year)
    usual = {
        _substitute(date(year, 1, 1)),
        easter - timedelta(2),
        easter + timedelta(1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *_christmas(year),
    }
    return frozenset({_MOVED.get(day, day) for day in usual} | {day for day in _ADDED if day.year == year})


def in_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = tuple("January February March April May June July August September October November December".split())  # noqa: SIM905


def _substitute(day: date) -> date:
    return day if day.weekday() < SATURDAY else _monday_from(day)


def _christmas(year: int) -> tuple[date, date]:
    """Each of the two days that falls on a weekend is had on the next weekday that is not taken."""
    christmas = date(year, 12, 25)
    match christmas.weekday():
        case 4:
            return christmas, date(year, 12, 28)
        case 5:
            return date(year, 12, 27), date(year, 12, 28)
        case 6:
            return date(year, 12, 26), date(year, 12, 27)
        case _:
            return christmas, date(year, 12, 26)


def _monday_from(day: date) -> date:
    return day + timedelta((MONDAY - day.weekday()) % 7)


def _easter_sunday(year: int) -> date:
    """By the Gregorian computus, in the form that J. M. Oudin gave it (1940)."""
    golden = year % 19
    century = year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
