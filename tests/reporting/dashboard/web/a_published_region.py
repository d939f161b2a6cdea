"""A region of twelve teams with three years of published figures: it rises, falls, is steady, small and hidden."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.domain.published_point import Period, PublishedPoint, PublishedSeries, WhyHidden
from services.reporting.publication.domain.span import months_later
from shared.testing.events import Feed
from tests.reporting.builders import publish
from tests.reporting.dashboard.web.conftest import NOW

TEAMS = (
    *("barrow", "blackburn-with-darwen", "blackpool", "burnley", "chorley", "fylde", "hyndburn", "lancaster"),
    *("preston", "rossendale", "south-ribble", "west-lancashire"),
)
THIS_MONTH = date(2026, 3, 1)
MONTHS = 36
_SMALL = 5


def a_series(indicator: Indicator, team: str, place: int) -> PublishedSeries:
    """Three years and the month that goes on. Preston rises and Burnley falls at the end; Rossendale is small."""
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


def moves() -> list[PublishedSeries]:
    """The region's moves between tiers, by move; one of them is too rare to be shown."""
    parts = {"targeted specialist": 6, "targeted universal": 14, "specialist targeted": 9, "specialist risk": 2}
    return [
        PublishedSeries(
            21,
            1,
            "",
            [
                PublishedPoint(
                    months_later(THIS_MONTH, month - MONTHS),
                    Period.MONTH,
                    number if number >= _SMALL else None,
                    why_hidden=None if number >= _SMALL else WhyHidden.SMALL,
                    is_finished=month < MONTHS,
                )
                for month in range(MONTHS + 1)
            ],
            "move",
            part,
        )
        for part, number in parts.items()
    ]


async def publish_region(engine: AsyncEngine, feed: Feed, teams: Sequence[str] = TEAMS) -> None:
    """All finished months are frozen; the month that goes on is in the working snapshot."""
    every = [
        series
        for indicator in INDICATORS
        for of_teams in [[a_series(indicator, team, place) for place, team in enumerate(teams)]]
        for series in (region_of(indicator, of_teams), *of_teams)
    ]
    every += moves()
    for team in teams:
        await feed.announce(team)
        await feed.take_in(team, heard_at=NOW - timedelta(days=3 if team == "barrow" else 0, seconds=4))
    async with AsyncSession(engine) as session:
        frozen = [replace(one, points=one.points[:-1]) for one in every]
        await publish(session, *frozen, month=months_later(THIS_MONTH, -1))
        await publish(session, *[replace(one, points=one.points[-1:]) for one in every], cause=None, month=THIS_MONTH)
        await session.commit()
