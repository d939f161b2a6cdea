"""Where a figure stands in a drawing, and round numbers along its side."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Plot:
    """The part of a drawing that figures stand in, in user units, and what lies at its edges."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int
    """Points along the bottom."""

    def x(self, place: float) -> float:
        """Of a point, in the middle of its share of the width; -0.5 is the left edge."""
        return self.left + (self.right - self.left) * (place + 0.5) / max(self.count, 1)

    def y(self, value: float) -> float:
        """A value beyond an edge is drawn at it."""
        part = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1)
        return self.bottom - part * (self.bottom - self.top)


def range_of(values: Iterable[float], *, floor_at: float | None, ceiling_at: float | None) -> tuple[float, float]:
    """From a little below the lowest to a little above the highest, not beyond what there can be."""
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    edge = 0.1 * ((high - low) or abs(high) or 1)
    low, high = low - edge, high + edge
    if floor_at is not None:
        low = max(low, floor_at)
    if ceiling_at is not None:
        high = min(high, ceiling_at)
    return low, high if high > low else low + 1


def round_steps(low: float, high: float, *, most: int = 5) -> list[float]:
    """Round numbers from low to high: at most `most` steps of 1, 2 or 5 times a power of ten."""
    size = (high - low) / most
    power = 10.0 ** floor(log10(size))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size * (1 - 1e-9))
    first = ceil(low / step - 1e-9)
    return [round(step * number, 10) for number in range(first, floor(high / step + 1e-9) + 1)]
