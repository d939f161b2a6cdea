"""Funnels: teams of different size beside the region's figure, with what chance allows for each size.

Where teams differ more than chance, the limits are widened by how much. Source: Spiegelhalter 2005, additive model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, pi, sin, sqrt

from services.reporting.variation.domain.interval import (
    CONFIDENCE_95,
    CONFIDENCE_998,
    Interval,
    deviations,
    exact_poisson,
)

FEWEST_TEAMS = 10
"""With fewer, how much they differ is chance itself, and the limits stay."""
MOST_DISPERSION = 10.0
"""Beyond it teams do not count the same thing, and there is nothing to compare."""
_TAIL = 0.1


class Scale(StrEnum):
    """What is compared."""

    SHARE = "share"
    RATE = "rate"


class Standing(StrEnum):
    """Where a team stands between the limits."""

    WITHIN = "within"
    BETWEEN = "between"
    """Outside 95 and inside 99.8%: one team in twenty is there by chance."""
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class TeamTotal:
    """What is shown of a team: 0 is a number like any other, and a hidden team is none of these."""

    team: str
    number: int
    of: int


@dataclass(frozen=True)
class Dispersion:
    """How much more teams differ than chance: `phi` is 1 where they do not."""

    phi: float
    tau_squared: float


@dataclass(frozen=True)
class Funnel:
    """Teams, the region's figure, and limits for any size."""

    scale: Scale
    totals: Sequence[TeamTotal]
    centre: float
    """Of the teams that are shown, from 0 to 1 for a share and for each one for a rate."""
    dispersion: Dispersion

    @property
    def is_widened(self) -> bool:
        return len(self.totals) >= FEWEST_TEAMS and self.dispersion.tau_squared > 0

    @property
    def is_of_one_thing(self) -> bool:
        """Whether teams can be compared at all."""
        return len(self.totals) < FEWEST_TEAMS or self.dispersion.phi <= MOST_DISPERSION

    def limits(self, of: float, confidence: float, *, widened: bool | None = None) -> Interval:
        """For a team of that size, not below what there can be; `widened` asks for both kinds."""
        if self.is_widened if widened is None else widened:
            return self._widened(of, confidence)
        return chance_limits(self.scale, self.centre, of, confidence)

    def standing(self, total: TeamTotal) -> Standing:
        figure = total.number / total.of
        far, near = self.limits(total.of, CONFIDENCE_998), self.limits(total.of, CONFIDENCE_95)
        if not far[0] <= figure <= far[1]:
            return Standing.ABOVE if figure > far[1] else Standing.BELOW
        return Standing.WITHIN if near[0] <= figure <= near[1] else Standing.BETWEEN

    def _widened(self, of: float, confidence: float) -> Interval:
        middle, back = _TRANSFORMED[self.scale](self.centre)
        spread = _spread(self.scale, self.centre, of)
        reach = deviations(confidence) * sqrt(spread**2 + self.dispersion.tau_squared)
        return back(middle - reach), back(middle + reach)


def funnel(scale: Scale, totals: Sequence[TeamTotal]) -> Funnel | None:
    """None when there is nothing to compare: fewer than two teams, or nothing happened at all."""
    shown = [total for total in totals if total.of]
    number, of = sum(total.number for total in shown), sum(total.of for total in shown)
    is_flat = not number or (scale is Scale.SHARE and number == of)
    if len(shown) < 2 or is_flat:
        return None
    centre = number / of
    middle = _TRANSFORMED[scale](centre)[0]
    spreads = [_spread(scale, centre, total.of) for total in shown]
    scores = [(_score(scale, centre, total) - middle) / spread for total, spread in zip(shown, spreads, strict=True)]
    return Funnel(scale, shown, centre, dispersion(scores, spreads))


def chance_limits(scale: Scale, centre: float, of: float, confidence: float) -> Interval:
    """What chance allows around the region's figure."""
    if scale is Scale.RATE:
        lower, upper = expected_ratio_limits(centre * of, confidence)
        return centre * lower, centre * upper
    reach = deviations(confidence) * sqrt(centre * (1 - centre) / of)
    return max(centre - reach, 0.0), min(centre + reach, 1.0)


def expected_ratio_limits(expected: float, confidence: float) -> Interval:
    """Of what was observed to what was expected."""
    lower, upper = exact_poisson(expected, confidence)
    return lower / expected, upper / expected


def dispersion(scores: Sequence[float], spreads: Sequence[float]) -> Dispersion:
    """From how many of its own standard deviations each team is off, once the farthest tenths are brought in.

    Args:
        scores: differences from the middle, in standard deviations.
        spreads: the standard deviations.
    """
    number = len(scores)
    low, high = quantile(scores, _TAIL), quantile(scores, 1 - _TAIL)
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / number
    weights = [1 / spread**2 for spread in spreads]
    whole = sum(weights)
    room = whole - sum(weight**2 for weight in weights) / whole
    return Dispersion(phi, max(0.0, (number * phi - (number - 1)) / room) if room else 0.0)


def quantile(values: Sequence[float], part: float) -> float:
    """Between two values where it falls between them. Source: R's type 7."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _share_back(angle: float) -> float:
    return sin(min(max(angle, 0.0), pi / 2)) ** 2


def _share_transformed(centre: float) -> tuple[float, Callable[[float], float]]:
    return asin(sqrt(centre)), _share_back


def _rate_transformed(centre: float) -> tuple[float, Callable[[float], float]]:
    return 1.0, lambda root: centre * max(root, 0.0) ** 2


_TRANSFORMED = {Scale.SHARE: _share_transformed, Scale.RATE: _rate_transformed}
"""The middle where spread no longer depends on the figure, and the way back."""


def _spread(scale: Scale, centre: float, of: float) -> float:
    return 1 / (2 * sqrt(of if scale is Scale.SHARE else centre * of))


def _score(scale: Scale, centre: float, total: TeamTotal) -> float:
    if scale is Scale.SHARE:
        return asin(sqrt(total.number / total.of))
    return sqrt(total.number / (centre * total.of))
