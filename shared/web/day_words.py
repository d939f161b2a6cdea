"""Days and moments as short as a list can say them: the year only when it is not this one, in one piece, never broken.

{{ review_on | day }}  Wed 2 Dec      {{ starts_at | at }}  Wed 2 Dec 10:00      {{ seen_on | ago }}  6 days ago
"""

from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache

from markupsafe import Markup

from shared.kernel.clock import LONDON

TODAY: ContextVar[date] = ContextVar("TODAY")
"""In Europe/London, of the page that is being made."""
_NEAR = 13
"""Days that are counted; a day further off is named."""
_SHOWN = 2000
"""Days in words that are kept."""


def day(one: date | None) -> Markup | str:
    """Empty for None."""
    return _day_shown(one, TODAY.get()) if one else ""


def at(moment: datetime | None) -> Markup | str:
    """In London; empty for None; the moment must be aware."""
    return _moment_shown(moment, TODAY.get()) if moment else ""


def ago(one: date | None) -> Markup | str:
    """Of a day that has been; empty for None."""
    return _past_day_shown(one, TODAY.get()) if one else ""


# A list says the same few days in every row.


@lru_cache(_SHOWN)
def _day_shown(one: date, today: date) -> Markup:
    return _time(one, _day(one, today))


@lru_cache(_SHOWN)
def _moment_shown(moment: datetime, today: date) -> Markup:
    local = moment.astimezone(LONDON)
    return _time(local, f"{_near(local.date(), today)} {local:%H:%M}")


@lru_cache(_SHOWN)
def _past_day_shown(one: date, today: date) -> Markup:
    days = (today - one).days
    is_near = 0 < days <= _NEAR
    return _time(one, {0: "Today", 1: "Yesterday"}.get(days, f"{days} days ago" if is_near else _day(one, today)))


def _near(one: date, today: date) -> str:
    days = (one - today).days
    return {0: "Today", 1: "Tomorrow"}.get(days, _day(one, today))


def _day(one: date, today: date) -> str:
    is_far = one.year != today.year and abs((one - today).days) > 60
    return f"{one.day} {one:%b} {one.year}" if is_far else f"{one:%a} {one.day} {one:%b}"


def _time(one: date, words: str) -> Markup:
    stamp = one.isoformat(timespec="minutes") if isinstance(one, datetime) else one.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(stamp, words)
