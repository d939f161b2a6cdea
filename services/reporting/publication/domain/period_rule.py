"""Months, quarters or years: what a small team has is chosen from its own numbers, instead of a chart full of holes.

A year (April to March) is chosen at its beginning, a quarter at its own, each from the twelve months before it: months
where three in four of them can be shown; else quarters where three in four of those can; else the year. A team of which
fewer than six months are known has months. What is chosen does not change any more, so nothing is told twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.published_point import Period
from services.reporting.publication.domain.span import months_later
from services.reporting.publication.domain.telling import Telling

Periods = Mapping[tuple[str, date], Period]
"""By team and month."""

FEWEST_KNOWN = 6
TELLING_OF_FOUR = 3
_COARSENESS = (Period.MONTH, Period.QUARTER, Period.YEAR)


def year_of(month: date) -> date:
    """The April with which its financial year begins."""
    return date(month.year - (month.month < 4), 4, 1)


def start_of(period: Period, month: date) -> date:
    """The first month of the period that the month is in."""
    if period is Period.YEAR:
        return year_of(month)
    return month if period is Period.MONTH else months_later(month, -((month.month - 1) % 3))


def end_of(period: Period, starts: date) -> date:
    """Its last month."""
    return months_later(starts, period.number_of_months - 1)


def coarser(one: Period, other: Period) -> Period:
    return max(one, other, key=_COARSENESS.index)


def periods_of(figures: Mapping[tuple[str, date], Counted], telling: Telling) -> Periods:
    """What every team has in every month of which there is a figure."""
    of_teams: dict[str, dict[date, Counted]] = {}
    for (team, month), counted in figures.items():
        of_teams.setdefault(team, {})[month] = counted
    return {
        (team, month): period
        for team, of_team in of_teams.items()
        for month, period in chosen_periods(of_team, list(of_team), telling).items()
    }


def chosen_periods(of_team: Mapping[date, Counted], months: Sequence[date], telling: Telling) -> dict[date, Period]:
    """What the team has in each of these months."""
    rule = _Rule(of_team, telling)
    return {month: rule.period(month) for month in months}


def as_they_were(periods: Periods, before: Periods) -> Periods:
    """What was published stays in its period, whatever the numbers say since: a sum beside its months gives one away.

    So the rest of a quarter that began with months has months, and the rest of a year that began finer has quarters.
    """
    begun: dict[tuple[str, Period, date], Period] = {}
    for (team, month), period in before.items():
        for block in (Period.QUARTER, Period.YEAR):
            key = (team, block, start_of(block, month))
            begun[key] = min(begun.get(key, period), period, key=_COARSENESS.index)

    def kept(team: str, month: date, chosen: Period) -> Period:
        if (team, month) in before:
            return before[team, month]
        if begun.get((team, Period.QUARTER, start_of(Period.QUARTER, month))) is Period.MONTH:
            return Period.MONTH
        is_finer = begun.get((team, Period.YEAR, year_of(month)), Period.YEAR) is not Period.YEAR
        return Period.QUARTER if chosen is Period.YEAR and is_finer else chosen

    return {(team, month): kept(team, month, chosen) for (team, month), chosen in periods.items()}


@dataclass(frozen=True)
class _Rule:
    of_team: Mapping[date, Counted]
    telling: Telling

    def period(self, month: date) -> Period:
        if self._from_the_year_before(year_of(month)) is Period.YEAR:
            return Period.YEAR
        quarter = self._from_the_year_before(start_of(Period.QUARTER, month))
        return Period.MONTH if quarter is Period.MONTH else Period.QUARTER

    def _from_the_year_before(self, start: date) -> Period:
        months = [month for back in range(-12, 0) if (month := months_later(start, back)) in self.of_team]
        if len(months) < FEWEST_KNOWN or self._are_told([self.of_team[month] for month in months]):
            return Period.MONTH
        return Period.QUARTER if self._are_told(self._quarters(months)) else Period.YEAR

    def _quarters(self, months: Sequence[date]) -> list[Counted]:
        starts = dict.fromkeys(start_of(Period.QUARTER, month) for month in months)
        return [
            reduce(add, (self.of_team[month] for month in months if start_of(Period.QUARTER, month) == start))
            for start in starts
        ]

    def _are_told(self, several: Sequence[Counted]) -> bool:
        told = sum(not self.telling.is_small(counted) for counted in several)
        return 4 * told >= TELLING_OF_FOUR * len(several)
