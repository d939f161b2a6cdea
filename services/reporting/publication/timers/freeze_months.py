"""Every minute: on its day, a month is frozen, and what has changed of earlier months is published with it.

It waits until the figures have been at rest for two minutes: a region that is still being read is not frozen half.
"""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.database.gated_figures import gated_figures
from services.reporting.publication.database.snapshots import LastFrozen, Row, Snapshots, rows_of
from services.reporting.publication.domain.freezing import Batch, last_to_freeze
from services.reporting.publication.domain.period_rule import year_of
from services.reporting.publication.domain.revision import Cause
from shared.kernel.actor import system
from shared.unit_of_work import UnitOfWork, UnitsOfWork

AT_REST = timedelta(minutes=2)

Snapshot = tuple[date, bool, Cause]
"""Month, whether it is frozen for the first time, and cause: revisions come before the month with which they come."""


async def freeze_months(units: UnitsOfWork[Any]) -> int:
    """Give how many snapshots were made."""
    async with units.begin(system()) as work:
        began = work.now
        month, last = last_to_freeze(work.today), await Snapshots(work.session).last_frozen()
        if (last and last.month >= month) or not await _is_at_rest(work, month):
            return 0
    made: dict[Snapshot, list[Row]] = {}
    for indicator in INDICATORS:
        batch = await _batch(units, indicator, month, last)
        for of, cause, key, point in batch.cells():
            made.setdefault((of, cause is Cause.FROZEN, cause), []).extend(rows_of(indicator, {key: point}))
    async with units.begin(system()) as work:
        snapshots = Snapshots(work.session)
        await snapshots.hold()
        if await snapshots.last_frozen() != last or not await _is_at_rest(work, month) or await _said(work, began):
            return 0
        for (of, _, cause), rows in sorted(made.items(), key=lambda one: (one[0][1], one[0][0])):
            await snapshots.freeze(of, cause, rows, by=work.actor.id, at=began)
    return len(made)


async def _batch(units: UnitsOfWork[Any], indicator: Indicator, month: date, last: LastFrozen | None) -> Batch:
    async with units.begin(system()) as work:
        everything = await gated_figures(work.session, indicator, None)
        before = await Snapshots(work.session).frozen_cells(indicator, None)
        changed = await _changed_since(work, indicator, last)
    years = [year for year in everything.years if last is None or year >= year_of(last.month) or year in changed]
    of_years = {key: point for key, point in before.items() if year_of(key.point.starts) in years}
    now = await asyncio.to_thread(everything.frozen, month, years, before)
    return Batch(of_years, now, last.month if last else None)


async def _changed_since(work: UnitOfWork, indicator: Indicator, last: LastFrozen | None) -> set[date]:
    """The financial years of which something has changed since the last months were frozen."""
    if last is None:
        return set()
    asked = {"indicator": indicator.number, "version": indicator.version, "at": last.made_at}
    return {year_of(month) for month in await work.session.scalars(_CHANGED, asked)}


async def _is_at_rest(work: UnitOfWork, month: date) -> bool:
    asked = {"month": month, "since": work.now - AT_REST, "indicators": [one.number for one in INDICATORS]}
    return bool(await work.session.scalar(_AT_REST, asked))


async def _said(work: UnitOfWork, began: datetime) -> bool:
    """Whether somebody has said since then that a team stands by a month, or does not."""
    return bool(await work.session.scalar(_SAID, {"began": began}))


_SAID = text("SELECT EXISTS (SELECT FROM not_ready WHERE greatest(said_at, ready_at) >= :began)")

_CHANGED = text("""
SELECT month FROM figure WHERE indicator = :indicator AND version = :version AND reckoned_at >= :at
UNION SELECT month FROM not_ready WHERE greatest(said_at, ready_at) >= :at
""")

_AT_REST = text("""
SELECT EXISTS (SELECT FROM figure WHERE month <= :month)
   AND NOT EXISTS (SELECT FROM dirty_month WHERE month <= :month)
   AND NOT EXISTS (
       SELECT FROM unnest(CAST(:indicators AS integer[])) AS asked (indicator)
       JOIN figure USING (indicator) WHERE reckoned_at > :since AND month <= :month
   )
""")
