"""What the region knows of a team's area from elsewhere, and figures are compared with. Source: reference 7.2."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken

MOST = 1_000_000
LONGEST_SOURCE = 200


class Parameter(Code):
    BIRTHS = "births", "Births in a year"
    NEED = "need", "Families of a year’s births who could use help"
    DEMAND = "demand", "Families expected to come before the second birthday"
    POSTS_PLANNED = "posts_planned", "Full-time posts in the plan, in hundredths (780 is 7.8)"


@dataclass(frozen=True)
class AreaValue:
    """One of them, which holds from a month on until another of the same name does."""

    team: str
    name: Parameter
    month: date
    """Its first day."""
    value: int
    source: str
    """Where it is from, with the year."""

    def __post_init__(self) -> None:
        """Raises RuleBroken when it cannot be."""
        if not 0 < self.value <= MOST:
            raise RuleBroken("parameter_value", f"Enter a whole number from 1 to {MOST:,}.", field="value")
        if not self.source.strip() or len(self.source) > LONGEST_SOURCE:
            raise RuleBroken(
                "parameter_source", f"Say where it is from, in {LONGEST_SOURCE} characters or fewer.", field="source"
            )
        if self.month.day != 1:
            raise RuleBroken("parameter_month", "A month is written as its first day.", field="month")
