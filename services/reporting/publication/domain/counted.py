"""What was counted of one indicator, before the gate; and which of its numbers say too much of few families."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.suppression import SMALLEST_TELLING_DENOMINATOR, SuppressionProfile


class AddsUp(StrEnum):
    """What a month's figure is of, which says what it may be added to."""

    MONTH = "month"
    """Of itself: a quarter's is the sum of its months'."""
    YEAR = "year"
    """Of twelve months already, its own and the eleven before."""
    AT_END = "at_end"
    """Of a moment: two of them have no sum."""


@dataclass(frozen=True)
class GatedIndicator:
    """What the gate must know of an indicator."""

    number: int
    version: int
    shape: Shape
    profile: SuppressionProfile
    adds_up: AddsUp = AddsUp.MONTH
    is_mix: bool = False
    """Each part is a share of all."""

    @property
    def can_be_added(self) -> bool:
        """Whether the figure of a quarter follows from those of its months: a median does not."""
        return self.adds_up is AddsUp.MONTH and self.shape is not Shape.DAYS


@dataclass(frozen=True)
class Counted:
    """A figure, of a team or of several, of a month or of several."""

    numerator: int
    denominator: int | None = None
    median: Decimal | None = None
    ninetieth: Decimal | None = None

    def __add__(self, other: "Counted") -> "Counted":
        """Of both together. Days have no sum."""
        neither = self.denominator is None and other.denominator is None
        denominator = None if neither else (self.denominator or 0) + (other.denominator or 0)
        return Counted(self.numerator + other.numerator, denominator)

    @property
    def rest(self) -> int:
        """Of a share: those of the denominator who are not in the numerator."""
        return max(0, (self.denominator or 0) - self.numerator)

    def families(self, shape: Shape) -> int:
        """How many it is about."""
        if shape is Shape.MEAN:
            return self.denominator or 0
        return self.numerator + self.rest if shape is Shape.SHARE else self.numerator

    def is_small(self, shape: Shape, profile: SuppressionProfile) -> bool:
        """Whether it must not be shown, whatever stands beside it.

        Of a share, also when nearly all or nearly none are in it, and when all or none of a few are; a mean of a few
        says too much of each. Source: reference 7.4 (b) and (f).
        """
        families = self.families(shape)
        if shape in (Shape.SHARE, Shape.MEAN) and 0 < families < SMALLEST_TELLING_DENOMINATOR:
            return True
        of_each = (self.numerator, self.rest) if shape is Shape.SHARE else (families,)
        return any(profile.is_small(number) for number in of_each)
