"""The state machine of a cell: one subscription, one indicator, one place. It fires once on entry, and again only when
it had left.

    was        the condition      becomes    and says
    out        holds              in         started
    in         holds              in         nothing: it was told
    in         does not           out        ended
    out        does not           out        nothing
    either     nobody knows       as it was  nothing: a gap is a matter of the data, and no news

A subscription begins with what holds as something that is known.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from services.reporting.indicators.domain.indicator import Direction
from services.reporting.subscription.domain.subscription import Condition
from services.reporting.variation.domain.variation import PointClass, Variation
from shared.contracts.vocabulary import Code


class Change(Code):
    """What is new of a cell since the last time."""

    STARTED = "started", "Started"
    ENDED = "ended", "Ended"
    GOES_ON = "goes_on", "Goes on"
    NONE = "none", "As before"


@dataclass(frozen=True)
class WatchedCell:
    """What is known of one cell."""

    indicator: int
    team: str
    is_in: bool = False
    since: date | None = None
    """The first day of the month whose freezing changed it; None: it was so when the subscription began."""
    muted_until: date | None = None
    """Nothing of it is told before that day."""
    ended_untold: bool = False
    """It left, and nothing was sent since."""

    def is_muted(self, today: date) -> bool:
        return self.muted_until is not None and today < self.muted_until

    def after(self, *, holds: bool | None, month: date) -> "tuple[WatchedCell, Change]":
        """What becomes of it, and what is new."""
        match self.is_in, holds:
            case False, True:
                return replace(self, is_in=True, since=month, ended_untold=False), Change.STARTED
            case True, False:
                return replace(self, is_in=False, since=month, ended_untold=True), Change.ENDED
            case True, _:
                return self, Change.GOES_ON
            case _:
                return self, Change.ENDED if self.ended_untold else Change.NONE


def holds(condition: Condition, said: Variation) -> bool | None:
    """Whether a figure is in the condition, as it was published; None when nobody can say.

    By a rule: in its last finished month, judged by limits of 13 points or more; never of a figure that may not alert.
    """
    latest = said.latest
    if latest is None or latest.value is None or not said.indicator.alerts:
        return None
    if condition is Condition.OVER_TARGET:
        return _misses(said, latest.value)
    if latest.kind is PointClass.NOT_JUDGED:
        return None
    return any(hit.rule in condition.rules for hit in latest.hits)


def _misses(said: Variation, value: Fraction) -> bool | None:
    direction = said.indicator.direction
    if said.target is None or direction is Direction.NEITHER:
        return None
    aim = Fraction(said.target.value)
    return value < aim if direction is Direction.MORE else value > aim
