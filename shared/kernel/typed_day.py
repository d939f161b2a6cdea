"""A day as people type it: `today`, `mon`, `next tue`, `3/12`, `3 dec`, `Wed 2 Dec 2026`; the day before the month.

What could be two days is asked for again, and never guessed. A day without a year is the next one of that name.
"""

import re
from datetime import date, timedelta

from shared.kernel.calendar import EARLIEST, LATEST
from shared.kernel.figures import plain_figures
from shared.kernel.written_day import LONGEST, MAY_COME, MONTHS, whole_year, written_day

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = timedelta(days=7)
_JUST_PASSED = timedelta(days=90)
"""Who types a day of the last three months without a year hardly means the one of next year."""
_NAMED = re.compile(r"(next )?([a-z]{2,})")
_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_WORDS = re.compile(r"([0-9]{1,2}) ?([a-z]{3,})(?: ([0-9]{4}|[0-9]{2}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,}) ([0-9]{1,2})(?: ([0-9]{4}|[0-9]{2}))?")


class UnclearDay(ValueError):
    """It could be two days, or is none; the message asks in a sentence, and is empty where there is nothing to say."""


def typed_day(text: str, today: date) -> date:
    """The day that is meant, on a day in Europe/London.

    Raises:
        UnclearDay: it is none, or could be two.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise UnclearDay
    words = " ".join(re.sub(r"(?<=[0-9])(st|nd|rd|th)\b", "", plain_figures(text).lower().replace(",", " ")).split())
    if (day := _of_today(words, today)) is not None:
        return day
    weekday, _, rest = words.partition(" ")
    if (named := _weekday(weekday)) is None:
        return _date(words, today)
    found = _date(rest, today)
    if found.weekday() != named:
        raise UnclearDay(f"{day_typed(found)} is a {found:%A}. Enter the day again")
    return found


def day_typed(day: date) -> str:
    """`Wed 2 Dec 2026`, as `typed_day` understands it on any day."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def _of_today(words: str, today: date) -> date | None:
    if words in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[words])
    named = _NAMED.fullmatch(words)
    weekday = _weekday(named[2]) if named else None
    if named is None or weekday is None:
        return None
    monday = today - timedelta(days=today.weekday())
    if named[1]:
        return monday + _WEEK + timedelta(days=weekday)
    if weekday == today.weekday():
        later = today + _WEEK
        raise UnclearDay(f"Today is {today:%A}. Enter “today”, or {later.day} {later:%b}")
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _weekday(word: str) -> int | None:
    """From `mo`, `mon` or `monday`, and other beginnings of a name that only one day has."""
    fits = [number for number, name in enumerate(_DAYS) if name.startswith(word)] if len(word) > 1 else []
    return fits[0] if len(fits) == 1 else None


def _date(words: str, today: date) -> date:
    if (whole := written_day(words, today, ahead=MAY_COME)) is not None:
        return whole
    if found := _NUMBERS.fullmatch(words):
        day, month, year = found.groups()
        return _in_year(int(day), int(month), year, today)
    if found := _WORDS.fullmatch(words):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(words):
        name, day, year = found.groups()
    elif words.isdigit():
        raise UnclearDay("Enter the month too, like 3 dec or 3/12")
    else:
        raise UnclearDay
    return _in_year(int(day), _month(name), year, today)


def _month(name: str) -> int:
    if name[:3] not in MONTHS:
        raise UnclearDay
    return MONTHS.index(name[:3]) + 1


def _in_year(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return _exists(whole_year(year, today, MAY_COME), month, day)
    found = next((one for ahead in range(9) if (one := _if_exists(today.year + ahead, month, day))), None)
    if found is None:
        return _exists(today.year, month, day)
    if found >= today:
        return found
    if today - found <= _JUST_PASSED:
        named = f"{found.day} {found:%b} {found.year + 1}"
        raise UnclearDay(f"{found.day} {found:%B} has passed. Add the year, like {named}")
    return _exists(found.year + 1, month, day)


def _if_exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _exists(year: int, month: int, day: int) -> date:
    found = _if_exists(year, month, day)
    if found is None or not EARLIEST <= found <= LATEST:
        raise UnclearDay("That day does not exist. Enter the day first, then the month, like 3 dec or 3/12")
    return found
