"""Every second: what is told inside of the months that go on is made of the newest figures, indicator by indicator."""

import asyncio
from typing import Any

from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.database.gated_figures import gated_figures, waiting
from services.reporting.publication.database.snapshots import Snapshots
from services.reporting.publication.domain.period_rule import year_of
from services.reporting.publication.domain.span import months_later
from shared.kernel.actor import system
from shared.unit_of_work import UnitsOfWork


async def publish_figures(units: UnitsOfWork[Any]) -> int:
    """One indicator at a time; gives 0 when all are published."""
    async with units.begin(system()) as work:
        due = await waiting(work.session, INDICATORS, work.today)
        if due is None:
            return 0
        snapshots = Snapshots(work.session)
        last = await snapshots.last_frozen()
        before = await snapshots.frozen_cells(due.indicator, months_later(last.month, -11)) if last else {}
        frozen = last.month if last and before else None  # of a new version, no month is frozen yet
        since = months_later(year_of(frozen), -12) if frozen else None
        figures = await gated_figures(work.session, due.indicator, since)
    # In a thread, and in no transaction: with a hundred teams it takes a while, and pages share the event loop.
    cells = await asyncio.to_thread(figures.going_on, frozen, before)
    async with units.begin(system()) as work:
        snapshots = Snapshots(work.session)
        await snapshots.hold()
        await snapshots.replace_going_on(figures, cells, due.changes, work.now)
    return 1
