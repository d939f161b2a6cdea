"""Somebody who has all that leaves of one indicator for one audience, knows the rules, and has a solver.

    attacker = Attacker(Shape.COUNT, smallest_shown=5)
    attacker.hears(series, region_of=teams)
    attacker.interval("blackpool", [may])          # every number of families that it can have been

For each team and month there are two unknown whole numbers: who is in the numerator, and who is only in the
denominator. What is shown is a range for a sum of them; what is hidden is that there is somebody, unless all of the
month is hidden. A limit, a sentence, a drawing or a mean is worked out from what is shown: it says nothing besides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, sparse

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries

SOLVER: Any = optimize
"""Its types are for a solver of one unknown."""

MANY = 2_000


class Unknown(NamedTuple):
    """How many of a team's in a month are inside the numerator, or outside it."""

    team: str
    month: date
    is_inside: bool


@dataclass
class Attacker:
    """What is known, as ranges of sums.

    Args:
        teams: all of the region's.
        step: what counts are rounded to.
    """

    shape: Shape
    smallest_shown: int
    teams: Sequence[str]
    months: Sequence[date]
    step: int = 1
    can_be_more_than_all: bool = False
    """More may be in the numerator than there are: then those who are only in the denominator are less than none."""
    known: list[tuple[list[Unknown], int, int]] = field(default_factory=list[tuple[list[Unknown], int, int]])
    either: list[list[Unknown]] = field(default_factory=list[list[Unknown]])
    """Sums that are zero or not small."""

    def hears(self, series: Iterable[PublishedSeries]) -> None:
        """All of one version of one moment."""
        everything = list(series)
        points = [point for one in everything for point in one.points if point.period is Period.MONTH]
        silent = {point.starts for point in points} - {point.starts for point in points if point.why_hidden is None}
        for one in everything:
            for point in one.points:
                self._hear(one.team, point, is_silent=point.starts in silent)

    def knows_of_nothing(self, places: Iterable[tuple[str, date]]) -> None:
        """Teams that tell nothing of a month."""
        self.known += [(self._of(team, [month]), 0, 0) for team, month in places]

    def hears_families(self, series: Iterable[PublishedSeries]) -> None:
        """Of another indicator that is of the same families, how many there are."""
        for one in series:
            for point in one.points:
                if point.why_hidden is None:
                    told = point.numerator if point.denominator is None else point.denominator
                    assert told is not None
                    self._between(self._of(one.team, point.months), told)

    def interval(self, team: str, months: Sequence[date], *, inside: bool = True, outside: bool = True) -> range:
        """The numbers that the sum can have; both bounds by a solver."""
        wanted = [one for month in months for one in self._of(team, [month], inside=inside, outside=outside)]
        least, most = (self._extreme(wanted, sign) for sign in (1, -1))
        return range(least, most + 1)

    def _hear(self, team: str, point: PublishedPoint, *, is_silent: bool) -> None:
        families = self._of(team, point.months)
        if point.why_hidden is not None:
            self.known.append((families, 0 if is_silent else 1, MANY))
            return
        assert point.numerator is not None
        if self.shape is Shape.SHARE:
            assert point.denominator is not None
            self._between(families, point.denominator)
            self._between(self._of(team, point.months, outside=False), point.numerator)
            self.either.append(self._of(team, point.months, outside=False))
            if not self.can_be_more_than_all:
                self.either.append(self._of(team, point.months, inside=False))
        else:
            told = point.denominator if self.shape is Shape.MEAN else point.numerator
            assert told is not None
            self._between(families, told)

    def _of(self, team: str, months: Sequence[date], *, inside: bool = True, outside: bool = True) -> list[Unknown]:
        has_outside = outside and self.shape is Shape.SHARE
        sides = [*([True] if inside else []), *([False] if has_outside else [])]
        return [
            Unknown(one, month, side)
            for one in ([team] if team else self.teams)
            for month in months
            if month in self.months
            for side in sides
        ]

    def _between(self, unknowns: list[Unknown], told: int) -> None:
        slack = self.step // 2 if told else 0
        self.known.append(
            (unknowns, max(told - slack, self.smallest_shown) if told and self.step > 1 else told, told + slack)
        )

    def _extreme(self, wanted: Sequence[Unknown], sign: int) -> int:
        unknowns = self._of("", self.months)
        number = {one: place for place, one in enumerate(unknowns)}
        choices = len(self.either)
        size, height = len(unknowns) + choices, len(self.known) + 2 * choices
        rows: Any = sparse.lil_array((height, size))
        lows, highs = np.zeros(height), np.zeros(height)
        for row, (summed, low, high) in enumerate(self.known):
            for one in summed:
                rows[row, number[one]] = 1
            lows[row], highs[row] = low, high
        for choice, summed in enumerate(self.either):
            row, column = len(self.known) + 2 * choice, len(unknowns) + choice
            for one in summed:
                rows[row, number[one]] = rows[row + 1, number[one]] = 1
            rows[row, column], rows[row + 1, column] = -self.smallest_shown, -MANY * 10
            lows[row], highs[row], lows[row + 1], highs[row + 1] = 0, np.inf, -np.inf, 0
        goal = np.zeros(size)
        goal[[number[one] for one in wanted]] = sign
        lowest = [-MANY if self.can_be_more_than_all and not one.is_inside else 0 for one in unknowns]
        bounds = SOLVER.Bounds(np.array(lowest + [0] * choices), np.array([MANY] * len(unknowns) + [1] * choices))
        found = SOLVER.milp(
            goal,
            integrality=np.ones(size),
            bounds=bounds,
            constraints=SOLVER.LinearConstraint(rows.tocsr(), lows, highs),
        )
        assert found.success, found.message
        return round(sign * found.fun)
