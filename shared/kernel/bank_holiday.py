"""Bank holidays in England: the standing rules for any year from 2000 to 2100, and the days of one year only.

Source: Banking and Financial Dealings Act 1971, schedule 1, and the proclamations under it; a New Year's Day,
Christmas Day or Boxing Day at the weekend has the next free weekday as its substitute. What was proclaimed or moved
for one year is in `bank_holidays.toml`.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FIRST_YEAR = 2000
LAST_YEAR = 2100
_ONE_YEAR_ONLY = Path(__file__).with_name("bank_holidays.toml")
_MONDAY, _SATURDAY = 0, 5


class UnknownBankHolidays(LookupError):
    """A year is asked for that the rules were not checked for: before 2000 or after 2100."""


@cache
def bank_holidays_of(year: int) -> frozenset[date]:
    """The weekdays of that year on which England has a bank holiday.

    Raises:
        UnknownBankHolidays: the year is before 2000 or after 2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownBankHolidays(f"bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
    one_year_only = _one_year_only().get(year, {})
    return (_by_rule(year) - frozenset(one_year_only.get("taken_away", []))) | frozenset(one_year_only.get("added", []))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the algorithm that Meeus, Jones and Butcher published."""
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _by_rule(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    days = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday(date(year, 5, 1)),
        _first_monday(date(year, 5, 25)),
        _first_monday(date(year, 8, 25)),
    }
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(_next_free_weekday(day, days))
    return frozenset(days)


def _first_monday(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _next_free_weekday(day: date, taken: set[date]) -> date:
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


@cache
def _one_year_only() -> dict[int, dict[str, list[date]]]:
    table: dict[str, dict[str, list[date]]] = tomllib.loads(_ONE_YEAR_ONLY.read_text(encoding="utf-8"))
    return {int(year): days for year, days in table.items()}
