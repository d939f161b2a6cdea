"""Champions: people whose course is in date, and who did something with it in the last six months.

Source: reference section 6, indicator 50.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from services.training.certificates.domain.refresh import Held
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import add_months

COURSE = TrainingCourse.IHV_PIMH_CHAMPION
ACTIVE_MONTHS = 6


class ChampionState(Code):
    ACTIVE = "active", "Active"
    QUIET = "quiet", "Nothing done lately"
    LAPSED = "lapsed", "Course ran out"


class LapsesBy(Code):
    COURSE = "course", "The course runs out"
    ACTIVITY = "activity", "Nothing done since then"


@dataclass(frozen=True)
class Champion:
    """On a day."""

    state: ChampionState
    lapses_on: date | None
    """The first day on which they are no longer active, if nothing happens; None: they are not, or it never ends."""
    lapses_by: LapsesBy | None


def champion_on(day: date, held: Held, last_done_on: date | None) -> Champion:
    """The course counts while `day < until_on`, and what was done for six months from its day."""
    if not held.counts_on(day):
        return Champion(ChampionState.LAPSED, None, None)
    quiet_on = add_months(last_done_on, ACTIVE_MONTHS) if last_done_on else None
    if quiet_on is None or day >= quiet_on:
        return Champion(ChampionState.QUIET, None, None)
    if held.until_on is not None and held.until_on <= quiet_on:
        return Champion(ChampionState.ACTIVE, held.until_on, LapsesBy.COURSE)
    return Champion(ChampionState.ACTIVE, quiet_on, LapsesBy.ACTIVITY)


def active_since(day: date) -> date:
    """What was done on this day or later still counts on `day`."""
    start = add_months(day, -ACTIVE_MONTHS)
    return next(
        one for one in (start - timedelta(1), start, start + timedelta(1)) if add_months(one, ACTIVE_MONTHS) > day
    )
