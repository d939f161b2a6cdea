"""Every minute: on its day, a month is frozen, and what has changed of earlier months is published with it.

It waits until the figures have been at rest for two minutes: a region that is still being read is not frozen half. It
waits as well while facts are made anew, and until they are after an upgrade that makes others (`pairs rebuild`).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import text

from services.reporting.facts.queries.unmade_facts import unmade_facts
from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.database.gated_figures import gated_figures
from services.reporting.publication.database.snapshots import LastFrozen, Row, Snapshots, rows_of
from services.reporting.publication.domain.freezing import Batch, last_to_freeze
from services.reporting.publication.domain.gated_indicator import CellKey, Cells, GatedIndicator
from services.reporting.publication.domain.period_rule import year_of
from services.reporting.publication.domain.revision import Cause
from services.reporting.publication.queries.overdue_month import overdue_month
from shared.discovery import service
from shared.kernel.actor import system
from shared.unit_of_work import UnitOfWork, UnitsOfWork

AT_REST = timedelta(minutes=2)
_log = structlog.get_logger()

Seen = dict[str, Any]
"""An indicator, a financial year, and how often its figures had changed."""

Snapshot = tuple[date, bool, Cause]
"""Month, whether it is frozen for the first time, and cause: revisions come before the month with which they come."""


async def freeze_months(units: UnitsOfWork[Any]) -> int:
    """Give how many snapshots were made."""
    async with units.begin(system()) as work:
        began = work.now
        month, last = last_to_freeze(work.today), await Snapshots(work.session).last_frozen()
        if (last and last.month >= month) or not await _may_begin(work, month):
            return 0
    made, seen = await _made(units, month, last)
    async with units.begin(system()) as work:
        snapshots = Snapshots(work.session)
        await snapshots.hold()
        is_as_it_was = await snapshots.last_frozen() == last and not await _said(work, began)
        if not is_as_it_was or not await _is_at_rest(work, month, began):
            return 0
        for (of, _, cause), rows in sorted(made.items(), key=lambda one: (one[0][1], one[0][0])):
            await snapshots.freeze(of, cause, rows, by=work.actor.id, at=began)
        if seen:
            await work.session.execute(_SEEN, seen)
    return len(made)


async def _may_begin(work: UnitOfWork, month: date) -> bool:
    """Each minute in which it may not, the log says whether the month should have been frozen by now."""
    if overdue := await overdue_month(work.session, work.today):
        _log.warning("month_overdue", month=f"{overdue:%Y-%m}")
    if not await _is_at_rest(work, month, work.now):
        return False
    if unmade := await unmade_facts(work.session, service("reporting").reactions()):
        _log.warning("freezing_waits_for_rebuild", fact_tables=len(unmade))
    return not unmade


async def _made(
    units: UnitsOfWork[Any], month: date, last: LastFrozen | None
) -> tuple[dict[Snapshot, list[Row]], list[Seen]]:
    """The cells of each snapshot, and which changes of figures are in them."""
    made: dict[Snapshot, list[Row]] = {}
    seen: list[Seen] = []
    for indicator in INDICATORS:
        one = await _batch(units, indicator, month, last)
        seen += one.seen
        told: dict[Snapshot, Cells] = {}
        for of, cause, key, point in one.batch.cells():
            told.setdefault((of, cause is Cause.FROZEN, cause), {})[key] = point
        for which, cells in told.items():
            made.setdefault(which, []).extend(rows_of(one.of, cells, one.teams))
    return made, sorted(seen, key=lambda one: (one["indicator"], one["year"]))  # as the database's trigger locks them


@dataclass(frozen=True)
class _Frozen:
    """What is published of an indicator.

    Args:
        teams: of how many each cell of the region was before.
        seen: which changes of figures are in it.
    """

    of: GatedIndicator
    batch: Batch
    teams: Mapping[CellKey, int]
    seen: list[Seen]


async def _batch(units: UnitsOfWork[Any], indicator: Indicator, month: date, last: LastFrozen | None) -> _Frozen:
    async with units.begin(system()) as work:
        changes = (await work.session.execute(_CHANGES, {"indicator": indicator.number})).all()
        everything = await gated_figures(work.session, indicator, None)
        snapshots = Snapshots(work.session)
        before, teams = await snapshots.frozen_cells(indicator, None), await snapshots.frozen_teams(indicator)
        changed = {row.year for row in changes if row.number > row.frozen} | await _said_since(work, last)
    years = [year for year in everything.years if last is None or year >= year_of(last.month) or year in changed]
    of_years = {key: point for key, point in before.items() if year_of(key.point.starts) in years}
    now = await asyncio.to_thread(everything.frozen, month, years, before)
    seen: list[Seen] = [{"indicator": indicator.number, "year": row.year, "number": row.number} for row in changes]
    return _Frozen(everything, Batch(of_years, now, last.month if last else None), teams, seen)


async def _said_since(work: UnitOfWork, last: LastFrozen | None) -> set[date]:
    """The financial years of which somebody has said since that a team stands by a month, or does not."""
    asked = {"at": last.made_at if last else work.now}
    return {year_of(month) for month in await work.session.scalars(_SAID_OF, asked)}


async def _is_at_rest(work: UnitOfWork, month: date, began: datetime) -> bool:
    """Whether no figure of it was made since two minutes before the freezing began."""
    asked = {"month": month, "since": began - AT_REST, "indicators": [one.number for one in INDICATORS]}
    return bool(await work.session.scalar(_AT_REST, asked))


async def _said(work: UnitOfWork, began: datetime) -> bool:
    """Whether somebody has said since then that a team stands by a month, or does not."""
    return bool(await work.session.scalar(_SAID, {"began": began}))


_SAID = text("SELECT EXISTS (SELECT FROM not_ready WHERE greatest(said_at, ready_at) >= :began)")

_SAID_OF = text("SELECT month FROM not_ready WHERE greatest(said_at, ready_at) >= :at")

_CHANGES = text("SELECT year, number, frozen FROM figure_change WHERE indicator = :indicator")
"""Read before the figures: what changes meanwhile is seen the next time as well."""

_SEEN = text("UPDATE figure_change SET frozen = :number WHERE indicator = :indicator AND year = :year")

_AT_REST = text("""
SELECT EXISTS (SELECT FROM figure WHERE month <= :month)
   AND NOT EXISTS (SELECT FROM dirty_month WHERE month <= :month)
   AND NOT EXISTS (
       SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (classid::bigint << 32 | objid::bigint) = hashtext('rebuild')
   )
   AND NOT EXISTS (
       SELECT FROM unnest(CAST(:indicators AS integer[])) AS asked (indicator)
       JOIN figure USING (indicator) WHERE reckoned_at > :since AND month <= :month
   )
""")
"""A rebuild holds its lock as long as it lives; of one that was killed only its schema is left."""
