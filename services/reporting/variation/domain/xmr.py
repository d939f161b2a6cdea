"""XmR charts: limits of what is usual, and what of a series is not. Numbers in and out; None is a month that is hidden.

All is reckoned exactly: in floating point, the mean of a hundred times the same share can differ from it, and a
constant series would be outside its own limits. Within a series all is in one unit: whole numbers are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from services.reporting.variation.domain.rule_set import RuleSet

Values = Sequence[Fraction | None]


class Rule(StrEnum):
    """Why a point is not usual, in their priority: the first that holds names it."""

    OUTSIDE = "outside"
    TREND = "trend"
    NEAR = "near"
    SHIFT = "shift"


@dataclass(frozen=True)
class Hit:
    """A rule that holds for a point."""

    rule: Rule
    is_up: bool
    """High or, for a trend, rising."""
    length: int
    """Points of the whole run; of the window of three, how many are near; 1 for one outside."""


@dataclass(frozen=True)
class Limits:
    """Between `lower` and `upper` a figure is as usual. `lower` can be below what there can be."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    near: Fraction
    """How far from the mean it begins to be near a limit."""
    is_trial: bool


def limits_of(values: Values, rules: RuleSet) -> Limits | None:
    """None with too few points, or when no two of them stand beside each other.

    A moving range is between neighbours only: over a gap it would be of more than a month.
    """
    places = [place for place, value in enumerate(values) if value is not None]
    if len(places) < rules.points_for_limits:
        return None
    unit = _unit(values)
    baseline = _whole(values[: places[: rules.points_of_baseline][-1] + 1], unit)
    shown = [value for value in baseline if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(baseline) if before is not None and after is not None]
    if not ranges:
        return None
    mean = Fraction(sum(shown), len(shown) * unit)
    reach = rules.limit * Fraction(sum(ranges), len(ranges) * unit)
    is_trial = len(places) < rules.points_of_baseline
    return Limits(mean, mean - reach, mean + reach, rules.near * reach, is_trial)


def hits_of(values: Values, limits: Limits, rules: RuleSet) -> list[tuple[Hit, ...]]:
    """For each point the rules that hold, by priority.

    Comparisons are strict: on a limit is within, on the mean is on no side, and two alike end a trend (an older guide
    lets them neither count nor end it).
    """
    edges = (limits.lower, limits.mean - limits.near, limits.mean, limits.mean + limits.near, limits.upper)
    unit = _unit([*values, *edges])
    whole, lines = _whole(values, unit), _Lines(*(edge.numerator * (unit // edge.denominator) for edge in edges))
    runs = {
        Rule.OUTSIDE: _outside(whole, lines),
        Rule.TREND: _trends(whole, rules.points_of_trend),
        Rule.NEAR: _near(whole, lines),
        Rule.SHIFT: _shifts(whole, lines, rules.points_of_shift),
    }
    found: list[dict[Rule, Hit]] = [{} for _ in values]
    for rule, several in runs.items():
        for places, is_up in several:
            for place in places:
                found[place][rule] = Hit(rule, is_up, len(places))
    return [tuple(hits.values()) for hits in found]


Run = tuple[range | list[int], bool]
"""Which points, and whether they are high or rising."""
Whole = Sequence[int | None]
"""Values in a unit of which all are whole multiples."""


class _Lines(NamedTuple):
    """Limits and what lies between them, in the unit of the values."""

    lower: int
    near_lower: int
    mean: int
    near_upper: int
    upper: int


def _unit(values: Values) -> int:
    return lcm(*(value.denominator for value in values if value is not None))


def _whole(values: Values, unit: int) -> list[int | None]:
    return [None if value is None else value.numerator * (unit // value.denominator) for value in values]


def _outside(values: Whole, lines: _Lines) -> Iterator[Run]:
    for place, value in enumerate(values):
        if value is not None and not lines.lower <= value <= lines.upper:
            yield [place], value > lines.upper


def _trends(values: Whole, least: int) -> Iterator[Run]:
    """A point at a turn belongs to both; whoever takes the later wins, as it comes later."""
    steps = [_side(after, before) for before, after in pairwise(values)]
    for start, end in _stretches(steps):
        if end - start + 1 >= least:
            yield range(start, end + 1), steps[start] == 1


def _shifts(values: Whole, lines: _Lines, least: int) -> Iterator[Run]:
    sides = [_side(value, lines.mean) for value in values]
    for start, end in _stretches(sides):
        if end - start >= least:
            yield range(start, end), sides[start] == 1


def _near(values: Whole, lines: _Lines) -> Iterator[Run]:
    """Two of three points that stand together on one side; only those near the limit, of which one outside is none."""
    sides = [_side(value, lines.mean) for value in values]
    near = [
        value is not None and (lines.lower <= value < lines.near_lower or lines.near_upper < value <= lines.upper)
        for value in values
    ]
    for start in range(len(values) - 2):
        places = [place for place in range(start, start + 3) if near[place]]
        if len(places) >= 2 and sides[start] and sides[start] == sides[start + 1] == sides[start + 2]:
            yield places, sides[start] == 1


def _side(value: int | None, other: int | None) -> int:
    """1 above, -1 below, 0 neither."""
    if value is None or other is None:
        return 0
    return (value > other) - (value < other)


def _stretches(sides: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the same side, which is not 0, begins and ends."""
    start = 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if sides[start]:
                yield start, place
            start = place
