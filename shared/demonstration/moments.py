"""Moments at which people work: on a working day, in office hours of London."""

import random
from datetime import UTC, date, datetime, time, timedelta

from shared.kernel.calendar import add_working_days, is_working_day
from shared.kernel.clock import LONDON, london_date

_OPENS, _MINUTES = 9, 8 * 60


def at_work(chance: random.Random, day: date) -> datetime:
    """A moment in office hours of that day, UTC; of the next working day when it is none."""
    if not is_working_day(day):
        day = add_working_days(day, 1)
    return _at(day, _OPENS * 60 + chance.randrange(_MINUTES))


def any_hour(chance: random.Random, day: date) -> datetime:
    """A moment at which someone fills a form, UTC: mostly in office hours, else early, late or at a weekend."""
    if chance.random() < 0.85:
        return at_work(chance, day)
    return _at(day, 7 * 60 + chance.randrange(15 * 60))


def is_at_work(at: datetime) -> bool:
    """Whether a team is at work then: from 8 to 18 in London, on a working day."""
    return is_working_day(london_date(at)) and 8 <= at.astimezone(LONDON).hour < 18


def _at(day: date, minutes: int) -> datetime:
    local = datetime.combine(day, time(), LONDON) + timedelta(minutes=minutes)
    return local.astimezone(UTC)
