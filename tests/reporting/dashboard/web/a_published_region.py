"""A region of five teams with two years of published figures: it rises, falls, is steady, small and hidden."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.dashboard.packs.first_figures import MAIN, OF_A_TEAM, WAITS
from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.domain.published_point import (
    Audience,
    Period,
    PublishedPoint,
    PublishedSeries,
    WhyHidden,
)
from services.reporting.publication.domain.span import months_later
from shared.kernel.clock import london_date, machine_clock
from shared.testing.events import Feed
from tests.reporting.builders import publish

TEAMS = ("barrow", "blackpool", "burnley", "preston", "rossendale")
NOW = machine_clock()
THIS_MONTH = london_date(NOW).replace(day=1)
MONTHS = 25
_SMALL = 5
SHOWN = [
    one
    for one in INDICATORS
    if one.number in {*MAIN, *OF_A_TEAM, *WAITS, 1, 10, 21, 121, 6} and one.number not in (49, 52)
]
"""Enough of each kind."""


def a_series(indicator: Indicator, team: str, place: int) -> PublishedSeries:
    """Two years and the month that goes on. Preston rises and Burnley falls at the end; Rossendale is small."""
    chance = Random(indicator.number * 100 + place)
    size = 4 if team == "rossendale" else 14 + 3 * (place % 7)
    points = [_point(indicator, chance, size, month, _drift(team, month)) for month in range(MONTHS + 1)]
    return PublishedSeries(indicator.number, indicator.version, team, points)


def _drift(team: str, month: int) -> float:
    ends = max(month - (MONTHS - 8), 0)
    return {"preston": 0.04, "burnley": -0.06}.get(team, 0.0) * ends


def _point(indicator: Indicator, chance: Random, size: int, month: int, drift: float) -> PublishedPoint:
    starts, is_finished = months_later(THIS_MONTH, month - MONTHS), month < MONTHS
    of = max(size + chance.randint(-size // 4, size // 4), 1)
    share = min(max(0.6 + drift + chance.uniform(-0.12, 0.12), 0.0), 1.0)
    numerator = of if indicator.shape is Shape.COUNT else round(of * share)
    denominator = None if indicator.shape in (Shape.COUNT, Shape.DAYS) else of
    is_hidden = 0 < numerator < _SMALL
    days = Decimal(12 + chance.randint(0, 9)) if indicator.shape is Shape.DAYS and not is_hidden else None
    return PublishedPoint(
        starts,
        Period.MONTH,
        None if is_hidden else numerator,
        None if is_hidden else denominator,
        days,
        days,
        WhyHidden.SMALL if is_hidden else None,
        is_finished,
    )


def region_of(indicator: Indicator, teams: Sequence[PublishedSeries]) -> PublishedSeries:
    """What the teams show, together."""
    points = [
        replace(
            one,
            numerator=sum(series.points[place].numerator or 0 for series in teams),
            denominator=sum(series.points[place].denominator or 0 for series in teams) or None,
            median=Decimal(15) if indicator.shape is Shape.DAYS else None,
            ninetieth=Decimal(30) if indicator.shape is Shape.DAYS else None,
            why_hidden=None,
        )
        for place, one in enumerate(teams[0].points)
    ]
    return PublishedSeries(indicator.number, indicator.version, "", points)


PARTS = {
    "move": ("targeted specialist", "targeted universal", "specialist targeted", "specialist risk"),
    "source": ("health_visiting", "maternity", "neonatal", "primary_care", "self"),
    "sector": ("health_visiting", "maternity", "neonatal", "primary_care"),
    "tier": ("universal", "targeted", "specialist"),
}
"""The last of each is too small to be shown."""


def parts_of(region: PublishedSeries, way: str) -> list[PublishedSeries]:
    """The region's figure in parts."""
    names = PARTS[way]
    return [replace(region, way=way, part=part, points=_shares(region, names, part)) for part in names]


def _shares(region: PublishedSeries, names: Sequence[str], part: str) -> list[PublishedPoint]:
    if part == names[-1]:
        return [
            PublishedPoint(one.starts, one.period, None, None, None, None, WhyHidden.SMALL, one.is_finished)
            for one in region.points
        ]
    by = names.index(part) + 2
    return [
        replace(one, numerator=(one.numerator or 0) // by, denominator=one.denominator and one.denominator // by)
        for one in region.points
    ]


async def publish_region(
    engine: AsyncEngine, feed: Feed, teams: Sequence[str] = TEAMS, *, is_told_outside: bool = False
) -> None:
    """All finished months are frozen; the month that goes on is in the working snapshot.

    Args:
        is_told_outside: those outside know the same, as if it had been rounded.
    """
    every = [
        series
        for indicator in SHOWN
        for of_teams in [[a_series(indicator, team, place) for place, team in enumerate(teams)]]
        for series in (region_of(indicator, of_teams), *of_teams)
    ]
    every += [
        part
        for series, indicator in zip(every[:: len(teams) + 1], SHOWN, strict=True)
        for way in indicator.ways
        if way in PARTS
        for part in parts_of(series, way)
    ]
    for team in teams:
        await feed.take_in(team, heard_at=NOW - timedelta(days=3 if team == "barrow" else 0, seconds=4))
    async with AsyncSession(engine) as session:
        frozen = [replace(one, points=one.points[:-1]) for one in every]
        if is_told_outside:
            await publish(session, *frozen, audience=Audience.OUTSIDE, month=months_later(THIS_MONTH, -1), cause="late")
        await publish(session, *frozen, month=months_later(THIS_MONTH, -1))
        await publish(session, *[replace(one, points=one.points[-1:]) for one in every], cause=None, month=THIS_MONTH)
        await session.commit()
