"""Dates as people in England write and count them: London dates, months and working days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shared.kernel.bank_holiday import UnknownBankHolidays as UnknownBankHolidays  # noqa: PLC0414 - whoever counts days catches it from here
from shared.kernel.bank_holiday import bank_holidays_of
from shared.kernel.clock import LONDON

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Of a day that someone can mean: far enough from the first and last day that there is, so that one can count on."""

_SATURDAY = 5


def date_words(day: date) -> str:
    """3 March 2026"""
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    """March 2026"""
    return f"{day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """3 March 2026, 3:30pm, in London; the moment must be aware."""
    local = moment.astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    return f"{date_words(local.date())}, {local.hour % 12 or 12}:{local:%M}{half}"


def moments_told_apart(moments: Sequence[datetime]) -> list[str]:
    """Each as `moment_words`; to the second, 3:30:07pm, where two would be the same."""
    words = [moment_words(one) for one in moments]
    return [
        f"{said[:-2]}:{one:%S}{said[-2:]}" if words.count(said) > 1 else said
        for one, said in zip(moments, words, strict=True)
    ]


def clock_words(moment: datetime) -> str:
    """3:12am, or 9am on the hour, in London; the moment must be aware."""
    return moment_words(moment).rpartition(" ")[2].replace(":00", "")


def weekday_words(moment: datetime) -> str:
    """Thursday 3 December, in London; the moment must be aware."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B}"


def day_of(words: str) -> date:
    """`2026-03-27`. Raises ValueError when it is no day, or one that nobody can mean."""
    day = date.fromisoformat(words)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(words)
    return day


def london_start(day: date) -> datetime:
    """The moment at which the day begins in London."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def months_between(first: date, last: date) -> list[date]:
    """The first day of each month from the first date's to the last date's, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.month - 1 + step for step in range(count))
    return [date(first.year + month // 12, month % 12 + 1, 1) for month in months]


def is_working_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a bank holiday in England.

    Raises:
        UnknownBankHolidays: the year is before 2000 or after 2100.
    """
    return day.weekday() < _SATURDAY and day not in bank_holidays_of(day.year)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and including `end`: the same day is 0, Friday to Monday is 1.

    Negative when the end comes first. A target of five working days is missed when this is more than 5.

    Raises:
        UnknownBankHolidays: the span reaches before 2000 or after 2100.
    """
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))


def add_working_days(start: date, count: int) -> date:
    """The date by which `count` (0 or more) working days have passed: Friday and 1 is Monday.

    Raises:
        UnknownBankHolidays: the span reaches before 2000 or after 2100.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def add_months(start: date, count: int) -> date:
    """The same day so many months later; a day that the month does not have becomes the first of the next one.

    So 29 February 2024 and 12 is 1 March 2025: of what lasts twelve months, no day is lost.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        return date(year, month + 2, 1)  # December has all days, so there is a next month in the year
