"""What a subscription would have told in the two years that have been, as its owner sees the figures."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.subscription.domain.back_test import MOST_CELLS, Firing, back_test
from services.reporting.subscription.domain.subscription import Subscription
from services.reporting.subscription.queries.seen_figures import seen_figures
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class BackTested:
    """What came of trying it."""

    last: date | None
    """The newest month that is frozen; None: none is, so there is nothing to try."""
    cells: int
    firings: Sequence[Firing]

    @property
    def is_too_much(self) -> bool:
        """So many cells are not tried at once."""
        return self.cells > MOST_CELLS


_one_at_a_time = asyncio.Lock()
"""It takes seconds of the processor that serves everybody."""


async def back_tested(one: Subscription, work: ReportingWork) -> BackTested:
    """In a thread, as each cell is judged once for every month. Raises Conflict while somebody else tries something."""
    if _one_at_a_time.locked():
        raise Conflict("tried_already", "Someone else is trying a rule. Open this page again in a minute.")
    async with _one_at_a_time:
        return await _tried(one, work)


async def _tried(one: Subscription, work: ReportingWork) -> BackTested:
    seen = await seen_figures(one, work)
    if seen is None:
        return BackTested(None, 0, ())
    several, last = seen.variations, seen.snapshot.month
    if len(several) > MOST_CELLS:
        return BackTested(last, len(several), ())
    return BackTested(last, len(several), await asyncio.to_thread(back_test, one.terms.condition, several, last))
