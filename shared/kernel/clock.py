"""The only place that asks the machine what time it is, or how much of it has passed."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
"""Gives the present moment in UTC. The demonstration and the tests pass another one."""

Stopwatch = Callable[[], float]
"""Gives seconds since some moment, which go on evenly when the clock is put back or forward: for waits and limits."""

machine_stopwatch: Stopwatch = time.monotonic


def machine_clock() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """The calendar date in Europe/London at that moment (aware, any zone)."""
    return moment.astimezone(LONDON).date()
