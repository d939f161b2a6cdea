"""Every half minute: subscriptions look at what was frozen, or at what is told on Mondays, one in each transaction."""

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.database.telling import tell
from services.reporting.subscription.domain.look import Frozen, look
from services.reporting.subscription.domain.run import RunOutcome, why_of
from services.reporting.subscription.domain.subscription import monday_of
from services.reporting.subscription.queries.seen_figures import newest_snapshot, seen_figures
from shared.kernel.actor import system


async def look_at_figures(units: ReportingUnits) -> int:
    """One that is due, and give 1; 0 when none is, or nothing is frozen yet."""
    async with units.begin(system()) as work:
        newest = await newest_snapshot(work.session)
        if newest is None:
            return 0
        subscriptions = Subscriptions(work)
        due = await subscriptions.next_due(newest.id, monday_of(work.now))
        if due is None:
            return 0
        seen = await seen_figures(due.terms, due.reach, work)
        assert seen  # noqa: S101 - something is frozen
        frozen = Frozen(seen.snapshot.month, seen.snapshot.frozen_on, seen.variations)
        found = look(due, await subscriptions.cells(due.id), frozen, work.today)
        await subscriptions.keep_cells(due.id, found.cells)
        delivery = await tell(due, found.digest, frozen.variations, work) if found.fires else None
        outcome = RunOutcome.FIRED if found.fires else RunOutcome.QUIET
        await subscriptions.ran(due, outcome, why_of(found.digest), delivery=delivery, month=frozen.month)
        await subscriptions.looked(due, newest.id)
        work.record("subscription.look", due.id)
    return 1
