"""How fresh a team's figures are, in words and in a colour."""

from dataclasses import dataclass
from datetime import datetime

from services.reporting.facts.queries.freshness import Freshness
from shared.contracts.slug import locality_name
from shared.kernel.calendar import month_words
from shared.kernel.clock import london_date

QUIET_SECONDS = 60
"""A team that runs is heard every few seconds, also when nothing is new there."""


@dataclass(frozen=True)
class FreshnessWords:
    """One service of one team: `Blackpool`, `up to date`, `4 seconds ago`."""

    team: str
    name: str
    service: str
    colour: str
    """Of the tag: green, yellow, orange or red; grey for a team that has left."""
    state: str
    heard: str
    """When it was last heard."""
    set_aside: int


def freshness_words(item: Freshness, now: datetime) -> FreshnessWords:
    """What to say of it at that moment (UTC)."""
    if item.has_left:
        month = month_words(london_date(item.state_since))
        colour, state, heard = "grey", f"left the region in {month}", f"left in {month}"
    else:
        colour, state = _state(item, now)
        heard = ago(item.heard_at, now) if item.heard_at else "never"
    return FreshnessWords(item.team, locality_name(item.team), item.service, colour, state, heard, item.set_aside)


_STOPPED = {
    "parked": ("red", "waiting for reporting to be upgraded"),
    "gap": ("orange", "waiting for missing entries"),
    "diverged": ("red", "stopped: the team’s records went back in time"),
}


def _state(item: Freshness, now: datetime) -> tuple[str, str]:
    if item.state in _STOPPED:
        return _STOPPED[item.state]
    if item.events_behind:
        return "yellow", f"{_number(item.events_behind, 'event')} behind"
    if item.heard_at is None:
        return "orange", "nothing heard yet"
    if (now - item.heard_at).total_seconds() > QUIET_SECONDS:
        return "orange", "not heard of late"
    return "green", "up to date"


def ago(moment: datetime, now: datetime) -> str:
    """`4 seconds ago`, `3 minutes ago`, `2 hours ago`, `5 days ago`: whole units, rounded down."""
    seconds = max(int((now - moment).total_seconds()), 0)
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{_number(seconds // size, unit)} ago"
    return f"{_number(seconds, 'second')} ago"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
