"""The only place that asks the machine what time it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
"""Gives the present moment in UTC. The demonstration and the tests pass another one."""


def machine_clock() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """The calendar date in Europe/London at that moment (aware, any zone)."""
    return moment.astimezone(LONDON).date()
