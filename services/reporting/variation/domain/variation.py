"""What a published series says: which months are not usual, in which direction, and whether the target will be met.

Charts, tables, files, titles and mails all ask here, so that none of them can differ from another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape, Target
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.variation.domain.rule_set import MDC_2026_1, RuleSet
from services.reporting.variation.domain.xmr import Hit, Limits, hits_of, limits_of


class PointClass(StrEnum):
    """What a point is drawn as, and what its row says."""

    ORDINARY = "ordinary"
    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"
    """Of a figure of which neither more nor less is better."""
    UNFINISHED = "unfinished"
    HIDDEN = "hidden"
    """Small, or it would give a small number away."""
    ABSENT = "absent"
    """Nothing was published, there was none to count, or there were too few for a figure."""
    NOT_JUDGED = "not_judged"
    """With too few points for limits, or of months of which each is of those before it too."""


class Assurance(StrEnum):
    """Whether the target will be met as things are."""

    WILL_MEET = "will_meet"
    HIT_OR_MISS = "hit_or_miss"
    WILL_MISS = "will_miss"
    NO_TARGET = "no_target"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Step:
    """Someone decided that the figure is another from a month on. All rules begin anew there."""

    holds_from: date
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True)
class JudgedPoint:
    """A published point and what the rules say of it."""

    point: PublishedPoint
    value: Fraction | None
    """In the unit of the figure; None when it is hidden."""
    kind: PointClass
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Group:
    """The points between two steps."""

    points: Sequence[JudgedPoint]
    limits: Limits | None
    step: Step | None = None
    """Why it begins here; None for the first."""


@dataclass(frozen=True)
class Variation:
    """A series with all that may be said of it."""

    indicator: Indicator
    series: PublishedSeries
    groups: Sequence[Group]
    rules: RuleSet

    @property
    def points(self) -> list[JudgedPoint]:
        return [point for group in self.groups for point in group.points]

    @property
    def latest(self) -> JudgedPoint | None:
        """The last finished point, also when it is hidden: its class is that of the series."""
        return next((one for one in reversed(self.points) if one.point.is_finished), None)

    @property
    def so_far(self) -> JudgedPoint | None:
        """The point that is not finished."""
        last = self.points[-1] if self.points else None
        return last if last and not last.point.is_finished else None

    @property
    def newest(self) -> JudgedPoint | None:
        """What there is to show: the last finished point, or what goes on where none is finished yet."""
        return self.latest or self.so_far

    @property
    def limits(self) -> Limits | None:
        """Those that hold now."""
        return self.groups[-1].limits if self.groups else None

    @property
    def target(self) -> Target | None:
        """The last that has begun when the latest point does."""
        return self.indicator.target(self.latest.point.starts) if self.latest else None

    @property
    def assurance(self) -> Assurance:
        if self.target is None or self.indicator.direction is Direction.NEITHER:
            return Assurance.NO_TARGET
        if self.limits is None:
            return Assurance.NOT_JUDGED
        return assurance_of(self.limits, Fraction(self.target.value), self.indicator.direction)


def assurance_of(limits: Limits, target: Fraction, direction: Direction) -> Assurance:
    """A target on a limit can be hit or missed; without any variation it is met or not."""
    lower, upper, aim = limits.lower, limits.upper, target
    if direction is Direction.LESS:
        lower, upper, aim = -limits.upper, -limits.lower, -target
    if lower == upper:
        return Assurance.WILL_MEET if aim <= lower else Assurance.WILL_MISS
    if aim > upper:
        return Assurance.WILL_MISS
    return Assurance.WILL_MEET if aim < lower else Assurance.HIT_OR_MISS


def variation_of(
    indicator: Indicator, series: PublishedSeries, steps: Sequence[Step] = (), rules: RuleSet = MDC_2026_1
) -> Variation:
    """Judge a series.

    Rules never go over a step, nor from months to quarters; a hidden point ends a run, an unfinished one is in none.
    """

    def group_of(point: PublishedPoint) -> tuple[Step | None, Period]:
        begun = [step for step in steps if step.holds_from <= point.starts]
        return max(begun, key=lambda step: step.holds_from, default=None), point.period

    groups: list[Group] = []
    before: Step | None = None
    for (step, _), points in groupby(series.points, key=group_of):
        groups.append(_judged(indicator, list(points), None if step == before else step, rules))
        before = step
    return Variation(indicator, series, groups, rules)


def value_of(point: PublishedPoint, shape: Shape) -> Fraction | None:
    """The figure in its unit: a number, per cent, for each thousand, days, or a mean."""
    if point.why_hidden is not None:
        return None
    if shape is Shape.DAYS:
        return None if point.median is None else Fraction(point.median)
    if point.numerator is None or shape is Shape.COUNT:
        return None if point.numerator is None else Fraction(point.numerator)
    if not point.denominator or (shape is Shape.SHARE and point.share is None):
        return None
    return Fraction(_FOR_EACH[shape] * point.numerator, point.denominator)


_FOR_EACH = {Shape.SHARE: 100, Shape.RATE: 1000, Shape.MEAN: 1}


def _judged(indicator: Indicator, points: Sequence[PublishedPoint], step: Step | None, rules: RuleSet) -> Group:
    values = [value_of(point, indicator.shape) for point in points]
    settled = [value if point.is_finished else None for value, point in zip(values, points, strict=True)]
    limits = None if indicator.overlaps else limits_of(settled, rules)
    hits = hits_of(settled, limits, rules) if limits else [()] * len(points)
    judged = [
        JudgedPoint(point, value, _kind(point, value, found, limits, indicator.direction), found)
        for point, value, found in zip(points, values, hits, strict=True)
    ]
    return Group(judged, limits, step)


def _kind(
    point: PublishedPoint, value: Fraction | None, hits: tuple[Hit, ...], limits: Limits | None, direction: Direction
) -> PointClass:
    if value is None:
        return PointClass.HIDDEN if point.why_hidden is WhyHidden.SMALL else PointClass.ABSENT
    if not point.is_finished:
        return PointClass.UNFINISHED
    if limits is None:
        return PointClass.NOT_JUDGED
    return _standing(hits[0], direction) if hits else PointClass.ORDINARY


def _standing(hit: Hit, direction: Direction) -> PointClass:
    if direction is Direction.NEITHER:
        return PointClass.CHANGED
    return PointClass.BETTER if hit.is_up == (direction is Direction.MORE) else PointClass.WORSE
