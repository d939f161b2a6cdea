"""Ages of babies, and weeks of pregnancy, as plain arithmetic on calendar dates.

Chronological throughout: nothing is corrected for a baby who was born early. Source: reference 3.1 and 9.2.
"""

from datetime import date, timedelta

from services.referral.domain.subject import Baby, Subject, Unborn
from shared.contracts.vocabulary import AgeBand
from shared.kernel.errors import RuleBroken

DAYS_OF_PREGNANCY = 280
LONGEST_DUE_AHEAD_DAYS = 300
LONGEST_DUE_PAST_DAYS = 28
OLDEST_YEARS = 5
"""No team has an older remit, and the region has no band for an older child."""

_BANDS = (
    (3, AgeBand.MONTHS_0_2),
    (6, AgeBand.MONTHS_3_5),
    (12, AgeBand.MONTHS_6_11),
    (24, AgeBand.MONTHS_12_23),
    (60, AgeBand.MONTHS_24_59),
)
"""Each band with the number of completed months at which it is over."""


def age_band(subject: Subject, on: date) -> AgeBand:
    """The region's band on that day; the subject was let through `check_subject`."""
    if isinstance(subject, Unborn):
        return AgeBand.UNBORN
    months = completed_months(subject.born_on, on)
    return next(band for end, band in _BANDS if months < end)


def completed_months(born_on: date, on: date) -> int:
    """Whole calendar months from birth; a month is complete on the same day of the month, or on the 1st after it."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)


def gestation(due_on: date, on: date) -> tuple[int, int]:
    """Completed weeks, and days beyond them, of a pregnancy that is due after 280 days: (30, 0) on day 210."""
    return divmod(DAYS_OF_PREGNANCY - (due_on - on).days, 7)


def age_in_words(subject: Subject, on: date) -> str:
    """`30 weeks of pregnancy`, `12 days`, `7 months`, `2 years 3 months`."""
    if isinstance(subject, Unborn):
        return f"{gestation(subject.due_on, on)[0]} weeks of pregnancy"
    months = completed_months(subject.born_on, on)
    if months < 1:
        return _counted((on - subject.born_on).days, "day")
    if months < 24:
        return _counted(months, "month")
    years, rest = divmod(months, 12)
    return _counted(years, "year") + (f" {_counted(rest, 'month')}" if rest else "")


def check_subject(subject: Subject, on: date) -> None:
    """Refuse a date that cannot be right.

    Raises:
        RuleBroken: due more than 300 days ahead or 28 days ago; born in the future, or five years ago or more.
    """
    match subject:
        case Unborn(due_on):
            _check_due_on(due_on, on)
        case Baby(_, born_on):
            _check_born_on(born_on, on)


def _check_due_on(due_on: date, on: date) -> None:
    if due_on - on > timedelta(LONGEST_DUE_AHEAD_DAYS):
        raise RuleBroken("due_on_far", "Check the year: the due date is more than 300 days away.", field="due_on")
    if on - due_on > timedelta(LONGEST_DUE_PAST_DAYS):
        raise RuleBroken(
            "due_on_past",
            "The due date is more than 28 days ago. If the baby is born, go back and give the date of birth.",
            field="due_on",
        )


def _check_born_on(born_on: date, on: date) -> None:
    if born_on > on:
        raise RuleBroken(
            "born_on_future", "The date of birth must be today or in the past. Check the year.", field="born_on"
        )
    if completed_months(born_on, on) >= OLDEST_YEARS * 12:
        raise RuleBroken(
            "born_on_old",
            "Check the year. This team works with children under 5; for an older child, speak to their GP or school.",
            field="born_on",
        )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
