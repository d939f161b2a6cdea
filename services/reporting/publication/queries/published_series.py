"""The series that were published: what pages, files, mails, the stream and the API read, and nothing beside it.

    await published_series(session, SeriesChoice(Audience.INSIDE, indicators=(9,)))
    await published_series(session, SeriesChoice(Audience.OUTSIDE, teams=("",), as_at=date(2026, 10, 1)))

Without `as_at`: what is frozen, as it was last revised, and behind it what goes on. With it: what was known when that
month was frozen, for good.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.database.cells import point_of
from services.reporting.publication.domain.published_point import (
    Audience,
    Period,
    PublishedPoint,
    PublishedSeries,
    WhyHidden,
)
from services.reporting.publication.domain.reach import WHOLE, Reach
from shared.kernel.calendar import months_between

REGION = ""
"""The team of the region's own series."""


@dataclass(frozen=True)
class SeriesChoice:
    """Which series. Empty means all of them."""

    audience: Audience
    """Whoever is told only what is told outside hears that, whatever is asked for."""
    indicators: Sequence[int] = ()
    teams: Sequence[str] = ()
    """Slugs; REGION is one too."""
    way: str = ""
    """Empty: all that is counted; a name such as `tier`: its parts, of the region."""
    as_at: date | None = None
    """The first day of a month that is frozen; None: the latest."""
    reach: Reach = WHOLE
    """How far whoever reads it sees: it is said here, and to the database (`database/reading`); either is enough."""
    since: date | None = None
    """What begins earlier is left out; None: nothing. What is judged needs all: its limits are of its beginning."""


async def published_series(session: AsyncSession, choice: SeriesChoice) -> tuple[PublishedSeries, ...]:
    """In one statement; by indicator, team (the region first) and part, each in its latest version of that moment."""
    known = {
        "audience": choice.reach.heard(choice.audience).value,
        "localities": None if choice.reach.localities is None else sorted(choice.reach.localities),
        "region_needs": choice.reach.region_needs,
        "indicators": list(choice.indicators) or None,
        "teams": list(choice.teams) or None,
        "way": choice.way,
        "as_at": choice.as_at,
        "since": choice.since or date.min,
    }
    rows = (await session.execute(_CELLS, known)).all()
    latest = {row.indicator: row.version for row in sorted(rows, key=lambda row: row.version)}
    return tuple(_series(row for row in rows if row.version == latest[row.indicator]))


_CELLS = text("""
SELECT * FROM (
SELECT DISTINCT ON (indicator, version, team, way, part, starts, period)
       indicator, version, team, way, part, starts, period, numerator, denominator, median, ninetieth, why_hidden,
       is_finished, teams
FROM published JOIN snapshot ON snapshot.id = published.snapshot
WHERE audience = :audience AND way = :way AND starts >= :since
  AND (CAST(:localities AS text[]) IS NULL OR team = '' OR team = ANY(CAST(:localities AS text[])))
  AND (CAST(:indicators AS integer[]) IS NULL OR indicator = ANY(:indicators))
  AND (CAST(:teams AS text[]) IS NULL OR team = ANY(:teams))
  AND (CAST(:as_at AS date) IS NULL
       OR (is_frozen AND snapshot.id <= (SELECT max(id) FROM snapshot WHERE cause = 'frozen' AND month <= :as_at)))
ORDER BY indicator, version, team, way, part, starts, period, is_frozen DESC, snapshot DESC
) latest
WHERE CAST(:localities AS text[]) IS NULL OR team <> '' OR teams >= :region_needs
ORDER BY indicator, version, team, way, part, starts, period
""")
"""How many teams a figure is of is asked of the latest: what was revised to one of too few is not told as it was."""


def _series(rows: Iterable[Any]) -> Iterator[PublishedSeries]:
    for (indicator, version, team, way, part), cells in groupby(rows, key=_whose):
        yield PublishedSeries(indicator, version, team, _without_gaps([point_of(cell) for cell in cells]), way, part)


def _whose(row: Any) -> tuple[int, int, str, str, str]:
    return row.indicator, row.version, row.team, row.way, row.part


def _without_gaps(points: Sequence[PublishedPoint]) -> tuple[PublishedPoint, ...]:
    """A period of which nothing was heard is a point as well, so that no chart leaves it out or draws it as zero."""
    there = {month: point for point in points for month in point.months}
    return tuple(
        there[month] if month in there else PublishedPoint(month, Period.MONTH, why_hidden=WhyHidden.NO_DATA)
        for month in months_between(points[0].starts, points[-1].starts)
        if month not in there or there[month].starts == month
    )
