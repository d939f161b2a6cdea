"""Days and moments as short as a list can say them: the year only when it is not this one, in one piece, never broken.

{{ review_on | day }}  Wed 2 Dec      {{ starts_at | at }}  Wed 2 Dec 10:00      {{ seen_on | ago }}  6 days ago
"""

from contextvars import ContextVar
from datetime import date, datetime

from markupsafe import Markup

from shared.kernel.clock import LONDON

TODAY: ContextVar[date] = ContextVar("TODAY")
"""In Europe/London, of the page that is being made."""
_NEAR = 13
"""Days that are counted; a day further off is named."""


def day(one: date | None) -> Markup | str:
    """Empty for None."""
    return _time(one, _day(one)) if one else ""


def at(moment: datetime | None) -> Markup | str:
    """In London; empty for None; the moment must be aware."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return _time(local, f"{_near(local.date())} {local:%H:%M}")


def ago(one: date | None) -> Markup | str:
    """Of a day that has been; empty for None."""
    if one is None:
        return ""
    days = (TODAY.get() - one).days
    return _time(one, {0: "Today", 1: "Yesterday"}.get(days, f"{days} days ago" if 0 < days <= _NEAR else _day(one)))


def _near(one: date) -> str:
    days = (one - TODAY.get()).days
    return {0: "Today", 1: "Tomorrow"}.get(days, _day(one))


def _day(one: date) -> str:
    is_far = one.year != TODAY.get().year and abs((one - TODAY.get()).days) > 60
    return f"{one.day} {one:%b} {one.year}" if is_far else f"{one:%a} {one.day} {one:%b}"


def _time(one: date, words: str) -> Markup:
    stamp = one.isoformat(timespec="minutes") if isinstance(one, datetime) else one.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(stamp, words)
