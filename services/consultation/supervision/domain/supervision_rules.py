"""What a team asks of supervision, each rule from a day on: an hour a week at first, an hour a fortnight later.

Source of the norm: the Parent-Infant Foundation's self-audit tool; reference section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.consultation.supervision.domain.supervision_given import GroupRule
from shared.kernel.errors import RuleBroken

MOST_MINUTES = 1200
"""In 28 days: five hours a week."""


@dataclass(frozen=True)
class SupervisionRule:
    """Minutes in 28 days of a full-time post, and how a group counts.

    Raises:
        RuleBroken: the minutes are not between 0 and 1200.
    """

    from_on: date
    new_minutes: int = 240
    """In the first three years with babies under two."""
    experienced_minutes: int = 120
    group_rule: GroupRule = GroupRule.WHOLE

    def __post_init__(self) -> None:
        for field in ("new_minutes", "experienced_minutes"):
            if not 0 <= getattr(self, field) <= MOST_MINUTES:
                raise RuleBroken("supervision_norm", f"Enter between 0 and {MOST_MINUTES} minutes.", field=field)


_USUAL = SupervisionRule(date.min)


@dataclass(frozen=True)
class SupervisionRules:
    """All that a team ever asked, so that a change leaves what was before it as it was."""

    changes: Sequence[SupervisionRule] = ()
    """The earliest first; what is before them is the usual."""

    def on(self, day: date) -> SupervisionRule:
        return next((one for one in reversed(self.changes) if one.from_on <= day), _USUAL)
