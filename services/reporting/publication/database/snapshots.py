"""The store of snapshots. What goes on is replaced by indicator, in one transaction: a reader sees it before or after.

Whoever writes holds one lock, so of two processes that publish the same at once, the second sees what the first did.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.publication.database.cells import cell_of, point_of
from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.domain.gate import REGION, PointKey
from services.reporting.publication.domain.gated_indicator import CellKey, Cells, GatedIndicator
from services.reporting.publication.domain.published_point import Audience, Period, PublishedPoint, PublishedSeries
from services.reporting.publication.domain.revision import Cause
from services.reporting.publication.domain.span import months_later
from shared.contracts.region import month_of
from shared.kernel.clock import london_date

Row = dict[str, Any]
ROWS_AT_ONCE = 2_000
MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class LastFrozen:
    month: date
    made_at: datetime


class Snapshots:
    """In the caller's transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hold(self) -> None:
        """Nobody else publishes until the transaction ends."""
        await self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext('publish'))"))

    async def last_frozen(self) -> LastFrozen | None:
        query = select(snapshot.c.month, snapshot.c.made_at).where(snapshot.c.cause == Cause.FROZEN)
        row = (await self._session.execute(query.order_by(snapshot.c.month.desc()).limit(1))).first()
        return LastFrozen(row.month, row.made_at) if row else None

    async def frozen_cells(self, indicator: Indicator, since: date | None) -> Cells:
        """Of its present version, each as it was last revised, from this month on."""
        asked = {"indicator": indicator.number, "version": indicator.version, "since": since or date.min, "teams": None}
        rows = (await self._session.execute(_FROZEN_CELLS, asked)).all()
        return {_key_of(row): point_of(row) for row in rows}

    async def frozen_teams(self, indicator: Indicator) -> Mapping[CellKey, int]:
        """Of how many teams each cell of the region is, of its present version, as it was last revised."""
        asked = {"indicator": indicator.number, "version": indicator.version, "since": date.min, "teams": [REGION]}
        rows = (await self._session.execute(_FROZEN_CELLS, asked)).all()
        return {_key_of(row): row.teams or 0 for row in rows}

    async def replace_going_on(self, gated: GatedIndicator, cells: Cells, changes: int, now: datetime) -> None:
        """What is published of an indicator in the months that go on; nothing if newer figures have passed already.

        Args:
            gated: of which they were made.
            changes: how often the figures had changed of which this is.
        """
        today, indicator = london_date(now), gated.indicator
        asked = {"indicator": indicator.number, "changes": changes, "today": today}
        if await self._session.scalar(_PASS, asked) is None:
            return
        going_on = await self._going_on(month_of(today), now)
        await self._session.execute(
            delete(published).where(published.c.snapshot == going_on, published.c.indicator == indicator.number)
        )
        await self._add(going_on, rows_of(gated, cells))

    async def freeze(self, month: date, cause: Cause, rows: Iterable[Row], *, by: UUID, at: datetime) -> None:
        """A snapshot that neither changes nor grows; its digest is that of its cells."""
        values = {"month": month, "made_at": at, "released_by": by, "cause": cause.value, "digest": ""}
        new = insert(snapshot).values(**values, is_frozen=False)
        made = (await self._session.execute(new.returning(snapshot.c.id))).scalar_one()
        cells = list(rows)
        await self._add(made, cells)
        await self._session.execute(
            update(snapshot).where(snapshot.c.id == made).values(is_frozen=True, digest=digest_of(cells))
        )

    async def _going_on(self, month: date, now: datetime) -> int:
        values = {"month": month, "made_at": now}
        changed = update(snapshot).where(snapshot.c.is_frozen.is_(False)).values(values).returning(snapshot.c.id)
        if (there := await self._session.scalar(changed)) is not None:
            return there
        new = insert(snapshot).values(**values, cause="going_on", is_frozen=False, digest="")
        return (await self._session.execute(new.returning(snapshot.c.id))).scalar_one()

    async def _add(self, snapshot_id: int, rows: list[Row]) -> None:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            piece = rows[start : start + ROWS_AT_ONCE]
            await self._session.execute(insert(published), [{"snapshot": snapshot_id, **row} for row in piece])


def _key_of(row: Any) -> CellKey:
    return CellKey(Audience(row.audience), row.way, row.part, PointKey(row.team, Period(row.period), row.starts))


def rows_of(
    gated: GatedIndicator, cells: Mapping[CellKey, PublishedPoint], before: Mapping[CellKey, int] | None = None
) -> list[Row]:
    """As rows, but for their snapshot.

    Args:
        gated: of which they were made.
        before: of how many teams each cell of the region was when it was last frozen; one that is gone stays so.
    """
    there, indicator = _teams_by_month(gated.figures), gated.indicator
    return [
        {
            "audience": key.audience.value,
            **cell_of(
                PublishedSeries(indicator.number, indicator.version, key.point.team, [], key.way, key.part), point
            ),
            "teams": None if key.point.team else _teams_of(indicator, key, there, (before or {}).get(key, 0)),
        }
        for key, point in cells.items()
    ]


def _teams_by_month(figures: Iterable[tuple[str, date]]) -> Mapping[date, int]:
    """Of which there is a figure, whether it is told or not."""
    return Counter(month for _, month in figures)


def _teams_of(indicator: Indicator, key: CellKey, there: Mapping[date, int], before: int) -> int:
    """In the month in which there were fewest: a year less its other months is that one."""
    number = MONTHS_OF_YEAR if indicator.is_of_a_year else key.point.period.number_of_months
    months = (months_later(key.ends, -step) for step in range(number))
    return min((there[month] for month in months if month in there), default=before)


def digest_of(rows: Iterable[Row]) -> str:
    """SHA-256 of the cells as lines, in their order; anyone who has the snapshot can reckon it again."""
    lines = sorted(
        "\t".join("" if value is None else str(value) for name, value in sorted(row.items()) if name != "teams")
        for row in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_PASS = text("""
INSERT INTO gate_passed AS passed (indicator, changes, on_day) VALUES (:indicator, :changes, :today)
ON CONFLICT (indicator) DO UPDATE SET changes = excluded.changes, on_day = excluded.on_day
WHERE passed.changes <= excluded.changes
RETURNING indicator
""")

_FROZEN_CELLS = text("""
SELECT DISTINCT ON (audience, way, part, team, period, starts)
       audience, way, part, team, period, starts, numerator, denominator, median, ninetieth, why_hidden, is_finished,
       teams
FROM published JOIN snapshot ON snapshot.id = published.snapshot
WHERE is_frozen AND indicator = :indicator AND version = :version AND starts >= :since
  AND (CAST(:teams AS text[]) IS NULL OR team = ANY(:teams))
ORDER BY audience, way, part, team, period, starts, snapshot DESC
""")
