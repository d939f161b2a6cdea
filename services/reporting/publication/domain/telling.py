"""How a figure is told to an audience, and what whoever reads it then knows of it: exactly, or rounded to five.

A figure may hold several counts of families, so that there are several ways in which it might be another: more
families; more of them in the share and fewer not; more in it and as many not. Each is an `Aspect`, looked at by itself.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.hiding import ENDLESS, Bounds
from services.reporting.publication.domain.published_point import Period, PublishedPoint, WhyHidden
from services.reporting.publication.domain.suppression import (
    SMALLEST_TELLING_DENOMINATOR,
    SuppressionProfile,
)

FEWEST_FOR_A_MEDIAN = 8
FEWEST_FOR_A_NINETIETH = 20


class Aspect(Enum):
    """How a figure might be another."""

    FAMILIES = "families"
    """More or fewer families."""
    SWAPPED = "swapped"
    """As many families, more or fewer of them in the share: of many families, how many there are is known elsewhere."""
    INSIDE = "inside"
    """More or fewer in the share, and as many who are not."""
    REST = "rest"
    """More or fewer who are not in it, and as many who are."""


@dataclass(frozen=True)
class Telling:
    """The rules of one audience, for one kind of number.

    Args:
        step: what counts are rounded to the nearest multiple of; 1 is not at all.
    """

    shape: Shape
    profile: SuppressionProfile
    step: int = 1

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return tuple(Aspect) if self.shape is Shape.SHARE else (Aspect.FAMILIES,)

    def is_small(self, counted: Counted) -> bool:
        return counted.is_small(self.shape, self.profile)

    def is_of_few(self, counted: Counted) -> bool:
        """Whether it is about so few families that it is small whatever is said of them."""
        fewest = SMALLEST_TELLING_DENOMINATOR if self.shape in (Shape.SHARE, Shape.MEAN) else 1
        return 0 < counted.families(self.shape) < max(self.profile.smallest_shown, fewest)

    def point(self, counted: Counted, starts: date, period: Period, *, is_finished: bool) -> PublishedPoint:
        """The figure as it is told. A share and a mean are of what is told, never of what was counted."""
        families = counted.families(self.shape)
        told = PublishedPoint(starts, period, self.rounded(counted.numerator), is_finished=is_finished)
        if self.shape is Shape.DAYS:
            return replace(
                told,
                median=counted.median if families >= FEWEST_FOR_A_MEDIAN else None,
                ninetieth=counted.ninetieth if families >= FEWEST_FOR_A_NINETIETH else None,
            )
        if self.shape is Shape.MEAN:
            times = self.rounded(families)
            of_as_many = round(counted.numerator * times / families) if families else 0
            return replace(told, numerator=of_as_many, denominator=times)
        if self.shape is Shape.SHARE:
            return replace(told, denominator=self.rounded(families))
        return replace(told, denominator=counted.denominator)

    def hidden(self, starts: date, period: Period, *, is_finished: bool) -> PublishedPoint:
        return PublishedPoint(starts, period, why_hidden=WhyHidden.SMALL, is_finished=is_finished)

    def rounded(self, number: int) -> int:
        """Whole numbers never tie at the nearest five."""
        return self.step * ((number + self.step // 2) // self.step)

    def number(self, aspect: Aspect, counted: Counted) -> int:
        if self.shape is not Shape.SHARE:
            return counted.families(self.shape)
        return {
            Aspect.FAMILIES: counted.families(self.shape),
            Aspect.SWAPPED: counted.numerator,
            Aspect.INSIDE: counted.numerator,
            Aspect.REST: counted.rest,
        }[aspect]

    def told(self, aspect: Aspect, counted: Counted) -> Bounds:
        """What the number can be for all that one knows who sees the figure."""
        number = self.number(aspect, counted)
        if self.shape is not Shape.SHARE or counted.is_more_than_all:  # neither tells of the other
            return self._rounds_alike(number)
        families, inside = self._rounds_alike(counted.families(self.shape)), self._rounds_alike(counted.numerator)
        rest = self._not_small(counted.rest)
        if aspect is Aspect.SWAPPED:
            all_of_them = counted.families(self.shape)
            return _both(inside, Bounds(all_of_them - rest.most, all_of_them - rest.least))
        if aspect is Aspect.INSIDE:
            return _both(inside, Bounds(families.least - counted.rest, families.most - counted.rest))
        with_rest = _both(rest, Bounds(families.least - counted.numerator, families.most - counted.numerator))
        if aspect is Aspect.REST:
            return with_rest
        return Bounds(with_rest.least + counted.numerator, with_rest.most + counted.numerator)

    def kept(self, aspect: Aspect, counted: Counted) -> Bounds:
        """What the number can be when the figure is hidden; that there is somebody is known, for none is shown."""
        if not counted.families(self.shape) and not counted.numerator:
            return Bounds(0, 0)
        if self.shape is not Shape.SHARE or aspect is Aspect.FAMILIES:
            return Bounds(1, ENDLESS)
        if aspect is Aspect.SWAPPED:
            return Bounds(0, max(counted.numerator, counted.families(self.shape)))
        other = counted.rest if aspect is Aspect.INSIDE else counted.numerator
        return Bounds(min(1, max(0, 1 - other)), ENDLESS)

    def need(self, aspect: Aspect, counted: Counted) -> Bounds | None:
        """What one must be able to think of a figure that is hidden because it is small."""
        largest = self.profile.smallest_shown - 1
        families, number = counted.families(self.shape), self.number(aspect, counted)
        if self.shape is not Shape.SHARE:
            largest = max(largest, FEWEST_FOR_A_MEDIAN - 1) if self.shape is Shape.MEAN else largest
            return Bounds(1, largest) if 0 < number <= largest else None
        if aspect is Aspect.SWAPPED:
            return self._need_among(counted, largest) if families > largest else None
        if not 0 < families < SMALLEST_TELLING_DENOMINATOR:
            return None
        if aspect is not Aspect.FAMILIES and not number:
            return Bounds(0, 1)
        return Bounds(1, largest) if number <= largest else None

    def _need_among(self, counted: Counted, largest: int) -> Bounds | None:
        """Of families whose number is known: as few and as many of them as would be small, or as would not be."""
        families = counted.families(self.shape)
        needs = [
            *([Bounds(1, largest)] if 0 < counted.numerator <= largest else []),
            *([Bounds(families - largest, families - 1)] if 0 < counted.rest <= largest else []),
        ]
        if not needs:
            return None
        return Bounds(max(0, min(need.least for need in needs)), min(families, max(need.most for need in needs)))

    def _rounds_alike(self, number: int) -> Bounds:
        """The numbers that are told as this one is."""
        if number == 0:
            return Bounds(0, 0)
        least, most = self.rounded(number) - self.step // 2, self.rounded(number) + self.step // 2
        return Bounds(min(number, max(self.profile.smallest_shown, least)), most)

    def _not_small(self, number: int) -> Bounds:
        return Bounds(0, 0) if number == 0 else Bounds(min(number, self.profile.smallest_shown), ENDLESS)


def inside(shape: Shape, profile: SuppressionProfile) -> Telling:
    """Exactly, by the profile of the indicator."""
    return Telling(shape, profile)


def outside(shape: Shape, profile: SuppressionProfile) -> Telling:
    """To everybody else: strict, and rounded to five."""
    return Telling(shape, profile.and_strict(), step=5)


def _both(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(max(one.least, other.least), min(one.most, other.most))
