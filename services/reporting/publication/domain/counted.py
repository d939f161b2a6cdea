"""What was counted of one indicator, before the gate; and which of its numbers say too much of few families."""

from dataclasses import dataclass
from decimal import Decimal

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.suppression import SMALLEST_TELLING_DENOMINATOR, SuppressionProfile


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
        """Of a share: those of the denominator who are not in the numerator; none where it is of more than all."""
        return max(0, (self.denominator or 0) - self.numerator)

    @property
    def is_more_than_all(self) -> bool:
        """Of a share: more are in it than there are, which is told as what it is, and asked about."""
        return self.denominator is not None and self.numerator > self.denominator

    def families(self, shape: Shape) -> int:
        """How many it is about."""
        return self.denominator or 0 if shape in (Shape.MEAN, Shape.SHARE) else self.numerator

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
