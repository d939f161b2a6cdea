"""Ages of babies, siblings and parents, and weeks of pregnancy, as plain arithmetic on calendar dates.

Ages are chronological, and so are every remit and every law; the corrected age of a baby who was born early is shown
beside it and decides nothing. A month is complete on the same day of the month or, where a month has no such day, on
the 1st after it: who was born on 29 February has a birthday on 1 March. Source: reference 3.1 and 9.2.
"""

from datetime import date, timedelta

from services.referral.people.domain.subject import Baby, Subject, Unborn
from shared.contracts.vocabulary import AgeBand
from shared.kernel.errors import RuleBroken

DAYS_OF_PREGNANCY = 280
TERM_DAYS = 37 * 7
"""Born after fewer days than these, a baby is preterm."""
ADULT_YEARS = 18
DAYS_COUNTED, WEEKS_COUNTED = 14, 12
"""An age is said in days before the first, in weeks up to the second, as health visitors say it."""
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
    """Whole calendar months from birth."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)


def turns_on(born_on: date, months: int) -> date:
    """The date on which that many months from birth are complete: 18 for hand-over, 24 for the second birthday."""
    year, month = divmod(born_on.year * 12 + born_on.month - 1 + months, 12)
    try:
        return date(year, month + 1, born_on.day)
    except ValueError:
        # The month has no such day; December has every day, so the next month is of the same year.
        return date(year, month + 2, 1)


def birthday(born_on: date, years: int) -> date:
    """The date of the birthday of that many years."""
    return turns_on(born_on, years * 12)


def is_child(born_on: date, on: date) -> bool:
    """Whether someone, a parent too, is under 18 on that day."""
    return on < birthday(born_on, ADULT_YEARS)


def gestation(due_on: date, on: date) -> tuple[int, int]:
    """Completed weeks, and days beyond them, of a pregnancy that is due after 280 days: (30, 0) on day 210."""
    return divmod(DAYS_OF_PREGNANCY - (due_on - on).days, 7)


def age_in_words(subject: Subject, on: date) -> str:
    """`30 weeks of pregnancy`, `12 days`, `7 weeks`, `7 months`, `2 years 3 months`."""
    if isinstance(subject, Unborn):
        return f"{gestation(subject.due_on, on)[0]} weeks of pregnancy"
    return years_in_words(subject.born_on, on)


def years_in_words(born_on: date, on: date) -> str:
    """The age of anyone in a family: `12 days`, `7 weeks`, `7 months`, `2 years 3 months`, from 5 on whole years."""
    months, days = completed_months(born_on, on), (on - born_on).days
    if days < DAYS_COUNTED:
        return _counted(days, "day")
    if days < WEEKS_COUNTED * 7:
        return _counted(days // 7, "week")
    if months < 24:
        return _counted(months, "month")
    years, rest = divmod(months, 12)
    return _counted(years, "year") + (f" {_counted(rest, 'month')}" if rest and years < OLDEST_YEARS else "")


def corrected_days(born_on: date, days_of_pregnancy: int | None, on: date) -> int | None:
    """Days since the baby was due, negative before that; None when born at 37 weeks or later, or not known.

    Source: reference 3.1, chronological age less (280 days less the days of pregnancy at birth).
    """
    if days_of_pregnancy is None or days_of_pregnancy >= TERM_DAYS:
        return None
    return (on - born_on).days - (DAYS_OF_PREGNANCY - days_of_pregnancy)


def corrected_age_in_words(born_on: date, days_of_pregnancy: int | None, on: date) -> str | None:
    """`4 months`, counted from the day on which the baby was due, or `9 days before the due date`; None as above."""
    days = corrected_days(born_on, days_of_pregnancy, on)
    if days is None:
        return None
    return f"{_counted(-days, 'day')} before the due date" if days < 0 else years_in_words(on - timedelta(days), on)


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
