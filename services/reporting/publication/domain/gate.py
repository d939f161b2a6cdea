"""The gate: from the figures of one indicator to what of them is published; there is no other way out.

All that has sums in common is protected as one: the months of a financial year, of all teams, with the region's totals
and with the quarters and years that small teams have in place of months. Nothing is summed over the end of March, and
no two sums overlap, so years do not know of each other.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import add
from typing import NamedTuple

from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.hiding import ENDLESS, Bounds, Branch, Node, hide
from services.reporting.publication.domain.period_rule import Periods, start_of, year_of
from services.reporting.publication.domain.published_point import Period, PublishedPoint, WhyHidden
from services.reporting.publication.domain.span import months_later
from services.reporting.publication.domain.telling import Aspect, Telling

REGION = ""
_ALL: Node = "all"
"""Where the region's totals come from, and where all goes that is told of teams."""


class PointKey(NamedTuple):
    """One point of one indicator."""

    team: str
    period: Period
    starts: date

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(months_later(self.starts, step) for step in range(self.period.number_of_months))


@dataclass(frozen=True, kw_only=True)
class GatedYear:
    """The figures of an indicator in the months of one financial year, and how they are told.

    Args:
        figures: by team and month, of every team and month of which there are any.
        periods: what each team has in each month.
        ended: the last month whose quarter or year may be told when it ends with it.
        withheld: teams and months that are counted in the region's and not told.
        is_finished: whether nothing more is awaited of a team, or of the region, in a month.
        is_of_a_year: each figure is of the twelve months to the end of its own.
        hidden: what another audience or indicator hides; whatever has a month in common with it is hidden.
        before: what was published already. What was hidden stays hidden, and what is as it was stays shown.
    """

    telling: Telling
    figures: Mapping[tuple[str, date], Counted]
    periods: Periods
    ended: date | None = None
    withheld: frozenset[tuple[str, date]] = frozenset()
    is_finished: Callable[[str, date], bool] = lambda _team, _month: True
    is_of_a_year: bool = False
    hidden: Collection[PointKey] = ()
    before: Mapping[PointKey, PublishedPoint] = field(default_factory=dict[PointKey, PublishedPoint])

    def published(self) -> dict[PointKey, PublishedPoint]:
        """What leaves. Of what is withheld there is no point at all."""
        told = [key for key in self._counts if self._is_told(key)]
        small = {key for key in told if self._is_small(key) or self._is_silent(key)}
        small |= {key for key in told if key in self._hidden_before or self._is_hidden_elsewhere(key)}
        columns = [{key: self._branch(key, aspect) for key in self._counts} for aspect in self.telling.aspects]
        as_it_was = {key for key in told if self._is_as_it_was(key)}
        hidden = hide(columns, small, shown_for_good=as_it_was, cost=self._cost)
        return {key: self._point(key, is_hidden=key in hidden) for key in told}

    @cached_property
    def _hidden_before(self) -> frozenset[PointKey]:
        return frozenset(key for key, point in self.before.items() if point.why_hidden is WhyHidden.SMALL)

    @cached_property
    def _months_hidden_elsewhere(self) -> frozenset[tuple[str, date]]:
        return frozenset((key.team, month) for key in self.hidden for month in key.months)

    def _is_hidden_elsewhere(self, key: PointKey) -> bool:
        return any((key.team, month) in self._months_hidden_elsewhere for month in key.months)

    def _is_as_it_was(self, key: PointKey) -> bool:
        """Published, and not to be published anew."""
        point = self.before.get(key)
        return point is not None and point == self._point(key, is_hidden=False)

    @cached_property
    def _counts(self) -> dict[PointKey, Counted]:
        """Every count that is told, or that one could want to know: by month, the region first, then the smallest."""
        return dict(self._all_counts())

    def _all_counts(self) -> Iterator[tuple[PointKey, Counted]]:
        blocks: dict[PointKey, Counted] = {}
        for month in sorted({month for _, month in self.figures}):
            of_teams = {team: counted for (team, of), counted in self.figures.items() if of == month}
            yield self._single(REGION, month), reduce(add, of_teams.values())
            for team, counted in sorted(of_teams.items(), key=lambda one: (one[1].numerator, one[0])):
                yield self._single(team, month), counted
                if (block := self._block(team, month)) is not None:
                    blocks[block] = blocks[block] + counted if block in blocks else counted
        yield from blocks.items()

    def _single(self, team: str, month: date) -> PointKey:
        """What a figure is of."""
        if self.is_of_a_year:
            return PointKey(team, Period.YEAR, year_of(month))
        return PointKey(team, Period.MONTH, month)

    def _is_block(self, key: PointKey) -> bool:
        """A sum of several figures."""
        return key.period is not Period.MONTH and not self.is_of_a_year

    def _block(self, team: str, month: date) -> PointKey | None:
        """The quarter or year that the team has in place of the month."""
        period = self.periods.get((team, month), Period.MONTH)
        return None if team == REGION or period is Period.MONTH else PointKey(team, period, start_of(period, month))

    def _is_told(self, key: PointKey) -> bool:
        if any((key.team, month) in self.withheld for month in key.months):
            return False
        if key.period is Period.MONTH:
            return self._block(key.team, key.starts) is None
        return self.ended is not None and key.months[-1] <= self.ended

    def _is_small(self, key: PointKey) -> bool:
        return self.telling.is_small(self._counts[key])

    def _is_silent(self, key: PointKey) -> bool:
        """A month of which the region's families are few is hidden whole, with all zeros: a zero tells of the rest."""
        return not self._is_block(key) and self.telling.is_of_few(self._counts[key._replace(team=REGION)])

    def _branch(self, key: PointKey, aspect: Aspect) -> Branch:
        counted, is_told, is_silent = self._counts[key], self._is_told(key), self._is_silent(key)
        source, target = self._ends(key)
        kept = self.telling.kept(aspect, counted)
        if not is_told or is_silent:
            kept = Bounds(0, kept.most if aspect is Aspect.SWAPPED else ENDLESS)
        return Branch(
            number=self.telling.number(aspect, counted),
            source=source,
            target=target,
            told=self.telling.told(aspect, counted) if is_told else None,
            kept=kept,
            need=self.telling.need(aspect, counted) if self._is_small(key) else None,
        )

    def _ends(self, key: PointKey) -> tuple[Node, Node]:
        if self._is_block(key):
            return key, _ALL
        if key.team == REGION:
            return _ALL, key.starts
        return key.starts, self._block(key.team, key.starts) or _ALL

    def _cost(self, key: PointKey, hidden: set[PointKey]) -> int:
        """The pattern of the month before is kept where it still protects; else the smallest is hidden."""
        month_before = PointKey(key.team, key.period, months_later(key.starts, -key.period.number_of_months))
        if key.team != REGION and (month_before in hidden or month_before in self._hidden_before):
            return 1
        return max(1, self._counts[key].families(self.telling.shape))

    def _point(self, key: PointKey, *, is_hidden: bool) -> PublishedPoint:
        of_what = key.months if self._is_block(key) else key.months[-1:]
        is_finished = all(self.is_finished(key.team, month) for month in of_what)
        if is_hidden:
            return self.telling.hidden(key.starts, key.period, is_finished=is_finished)
        return self.telling.point(self._counts[key], key.starts, key.period, is_finished=is_finished)
