"""One indicator before the gate: the figures of all its months and parts; and what leaves of them, by audience.

What is told outside those inside hear as well, and they know more; so outside hides whatever inside hides. Of a share,
the denominator is protected first, by itself: other indicators are of the same families, so each hides the same of
them, and what is hidden of a month hides every quarter and year that the month is in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial, reduce
from operator import add
from typing import NamedTuple

from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gate import REGION, GatedYear, PointKey
from services.reporting.publication.domain.gated_parts import GatedParts
from services.reporting.publication.domain.period_rule import (
    Periods,
    as_they_were,
    coarser,
    end_of,
    periods_of,
    year_of,
)
from services.reporting.publication.domain.published_point import Audience, Period, PublishedPoint, WhyHidden
from services.reporting.publication.domain.suppression import PROFILES
from services.reporting.publication.domain.telling import Telling, inside, outside

Figures = Mapping[tuple[str, date], Counted]
"""By team and month."""

MARCH = 3


class CellKey(NamedTuple):
    """One published cell of an indicator."""

    audience: Audience
    way: str
    part: str
    point: PointKey

    @property
    def ends(self) -> date:
        """Its last month."""
        return end_of(self.point.period, self.point.starts)


Cells = dict[CellKey, PublishedPoint]


@dataclass(frozen=True)
class _Asked:
    """Months of one financial year, for one audience.

    Args:
        ended: the last month whose quarters and years are told.
        before: what was published of them already, and of the month before.
    """

    audience: Audience
    months: Sequence[date]
    ended: date | None
    before: Cells


@dataclass(frozen=True, kw_only=True)
class GatedIndicator:
    """What was counted of an indicator.

    Args:
        figures: from the first month on in which there is anything.
        parts: of all teams, by way, month and part.
        not_ready: teams that do not stand by a month yet.
    """

    indicator: Indicator
    figures: Figures
    parts: Mapping[tuple[str, date], Mapping[str, Counted]]
    not_ready: frozenset[tuple[str, date]] = frozenset()

    @property
    def years(self) -> list[date]:
        """The financial years of which there is anything, each as its April."""
        return sorted({year_of(month) for month in self._months})

    def going_on(self, frozen: date | None, before: Cells) -> Cells:
        """What those inside see of the months after the last frozen one; nothing of it is finished.

        Args:
            before: what was frozen; last month's pattern is kept where it can be.
        """
        cells = Cells()
        for year in self.years:
            months = self._months_of(year)
            ongoing = [month for month in months if frozen is None or month > frozen]
            if ongoing:
                cells |= self._teams(_Asked(Audience.INSIDE, ongoing, None, before), ())
                cells |= self._parts(_Asked(Audience.INSIDE, months, None, Cells()), Cells())
        return {
            key: replace(point, is_finished=False)
            for key, point in cells.items()
            if frozen is None or key.ends > frozen
        }

    def frozen(self, last: date, years: Iterable[date], before: Cells) -> Cells:
        """All that is told of these financial years when this month is the last that is frozen.

        Args:
            before: what was frozen before, as it was last revised.
        """
        cells = Cells()
        for year in years:
            exact = _Asked(Audience.INSIDE, [month for month in self._months_of(year) if month <= last], last, before)
            rounded = replace(exact, audience=Audience.OUTSIDE)
            teams, parts = self._teams(exact, ()), self._parts(exact, Cells())
            hidden = [key.point for key, point in teams.items() if point.why_hidden]
            cells |= teams | parts | self._teams(rounded, hidden) | self._parts(rounded, parts)
        return {key: point for key, point in cells.items() if key.ends <= last}

    @cached_property
    def _months(self) -> list[date]:
        return sorted({month for _, month in self.figures})

    def _months_of(self, year: date) -> list[date]:
        return [month for month in self._months if year_of(month) == year]

    def _telling(self, audience: Audience) -> Telling:
        told = outside if audience is Audience.OUTSIDE else inside
        return told(self.indicator.shape, PROFILES[self.indicator.profile])

    def _teams(self, asked: _Asked, hidden: Collection[PointKey]) -> Cells:
        """Of teams and the region. Args: hidden: what is hidden from those inside."""
        before = {key.point: point for key, point in asked.before.items() if key[:3] == (asked.audience, "", "")}
        told = {month for month in asked.months if not self.indicator.is_of_a_year or month.month == MARCH}
        year = GatedYear(
            telling=self._telling(asked.audience),
            figures={key: counted for key, counted in self.figures.items() if key[1] in told},
            periods=as_they_were(self._periods, _published(asked.before)),
            ended=asked.ended,
            withheld=self.not_ready if asked.audience is Audience.OUTSIDE else frozenset(),
            is_finished=lambda team, month: (team, month) not in self.not_ready,
            is_of_a_year=self.indicator.is_of_a_year,
            before=before,
        )
        points = replace(year, hidden=[*hidden, *self._hidden_families(year)]).published()
        if self.indicator.is_of_a_year:
            points = {key: point for key, point in points.items() if key.team} | self._rolling(asked, points)
        return {CellKey(asked.audience, "", "", key): point for key, point in points.items()}

    def _rolling(self, asked: _Asked, of_march: Mapping[PointKey, PublishedPoint]) -> dict[PointKey, PublishedPoint]:
        """The region's twelve months to each month's end, where a month has families enough that one may go missing.

        Two of them differ by a month that came and one that went. Of a team that would be told too much by it.
        """
        telling, points = self._telling(asked.audience), dict[PointKey, PublishedPoint]()
        for month in asked.months:
            counted = reduce(add, (one for (_, of), one in self.figures.items() if of == month))
            of_year = of_march.get(PointKey(REGION, Period.YEAR, year_of(month))) if month.month == MARCH else None
            is_few = counted.families(telling.shape) < 12 * telling.profile.smallest_shown
            is_hidden = is_few or telling.is_small(counted) or (of_year is not None and of_year.why_hidden is not None)
            key = PointKey(REGION, Period.MONTH, month)
            make = telling.hidden if is_hidden else partial(telling.point, counted)
            points[key] = make(month, Period.MONTH, is_finished=True)
        return points

    def _hidden_families(self, year: GatedYear) -> list[PointKey]:
        if self.indicator.shape is not Shape.SHARE:
            return []
        families = replace(
            year,
            telling=replace(year.telling, shape=Shape.COUNT),
            figures=self._families(year.figures),
            periods=self._periods_of_families,
            before={},
        )
        return [key for key, point in families.published().items() if point.why_hidden]

    def _families(self, figures: Figures) -> Figures:
        return {key: Counted(counted.families(self.indicator.shape)) for key, counted in figures.items()}

    @cached_property
    def _periods(self) -> Periods:
        """What each team has of the indicator; of a share, nothing finer than of its families."""
        if not self.indicator.adds_up:
            return {}
        own, families = periods_of(self.figures, self._telling(Audience.INSIDE)), self._periods_of_families
        return {key: coarser(period, families.get(key, period)) for key, period in own.items()}

    @cached_property
    def _periods_of_families(self) -> Periods:
        if not self.indicator.adds_up or self.indicator.shape is not Shape.SHARE:
            return {}
        return periods_of(self._families(self.figures), replace(self._telling(Audience.INSIDE), shape=Shape.COUNT))

    def _parts(self, asked: _Asked, exact: Cells) -> Cells:
        """Of the region. Args: exact: what those inside are told of them."""
        cells = Cells()
        for way, key, figures in self._ways(asked.months):
            seen = {one.part: point for one, point in exact.items() if (one.way, one.point) == (way, key)}
            if exact and not seen:
                continue
            told = GatedParts(
                telling=self._telling(asked.audience),
                key=key,
                figures=figures,
                is_mix=self.indicator.is_mix,
                is_finished=asked.ended is not None and end_of(key.period, key.starts) <= asked.ended,
                hidden=frozenset(part for part, point in seen.items() if point.why_hidden),
                before={
                    one.part: point
                    for one, point in asked.before.items()
                    if (one.audience, one.way, one.point) == (asked.audience, way, key)
                },
            ).published()
            cells |= {CellKey(asked.audience, way, part, key): point for part, point in told.items()}
        return cells

    def _ways(self, months: Sequence[date]) -> Iterator[tuple[str, PointKey, dict[str, Counted]]]:
        """Of what adds up, the year's; of a moment, each month's; of twelve months already, those of March."""
        told = {month for month in months if not self.indicator.is_of_a_year or month.month == MARCH}
        is_of_year = self.indicator.is_of_a_year or self.indicator.adds_up or self.indicator.shape is Shape.DAYS
        found: dict[tuple[str, PointKey], dict[str, Counted]] = {}
        for way, month in sorted(way for way in self.parts if way[1] in told):
            period, starts = (Period.YEAR, year_of(month)) if is_of_year else (Period.MONTH, month)
            figures = found.setdefault((way, PointKey(REGION, period, starts)), {})
            for part, counted in self.parts[way, month].items():
                figures[part] = figures[part] + counted if part in figures else counted
        for (way, key), figures in found.items():
            yield way, key, self._of_all(figures, key, months) if self.indicator.is_mix else figures

    def _of_all(self, figures: Mapping[str, Counted], key: PointKey, months: Sequence[date]) -> dict[str, Counted]:
        """Each part of a mix is of everybody, also of those of a month in which it had none."""
        of_key = [month for month in key.months if month in months]
        everybody = sum(counted.denominator or 0 for (_, month), counted in self.figures.items() if month in of_key)
        return {part: replace(counted, denominator=everybody) for part, counted in figures.items()}


def _published(before: Cells) -> dict[tuple[str, date], Period]:
    """In which period each month of a team was published."""
    there = (key for key, point in before.items() if not key.way and point.why_hidden is not WhyHidden.NO_DATA)
    return {(key.point.team, month): key.point.period for key in there if key.point.team for month in key.point.months}
