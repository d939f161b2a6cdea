"""Every half minute: subscriptions look at what was frozen, or at what is told on Mondays, one in each transaction."""

from dataclasses import replace

from services.reporting.facts.database.reporting_work import ReportingUnits, ReportingWork
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.database.telling import tell
from services.reporting.subscription.domain.look import Frozen, first_cells, look
from services.reporting.subscription.domain.run import RunOutcome, why_of
from services.reporting.subscription.domain.subscription import Subscription, monday_of
from services.reporting.subscription.queries.seen_figures import newest_snapshot, seen_figures
from shared.kernel.actor import system


async def look_at_figures(units: ReportingUnits) -> int:
    """One that is due, and give 1; 0 when none is, or nothing is frozen yet.

    One that cannot be looked at is put off, which its page says, and raises what it raised.
    """
    due: Subscription | None = None
    try:
        async with units.begin(system()) as work:
            newest = await newest_snapshot(work.session)
            if newest is None:
                return 0
            due = await Subscriptions(work).next_due(newest.id, monday_of(work.now))
            if due is None:
                return 0
            await (_begin_anew(due, work) if due.begins_anew else _look(due, newest.id, work))
    except Exception:
        if due is not None:
            await _put_off(due, units)
        raise
    return 1


async def _look(due: Subscription, newest: int, work: ReportingWork) -> None:
    subscriptions = Subscriptions(work)
    seen = await seen_figures(due, work)
    assert seen  # noqa: S101 - something is frozen
    frozen = Frozen(seen.snapshot.month, seen.snapshot.frozen_on, seen.variations)
    found = look(due, await subscriptions.cells(due.id), frozen, work.today)
    await subscriptions.keep_cells(due.id, found.cells)
    delivery = await tell(due, found.digest, frozen.variations, work) if found.fires else None
    outcome = RunOutcome.FIRED if found.fires else RunOutcome.QUIET
    await subscriptions.ran(due, outcome, why_of(found.digest), delivery=delivery, month=frozen.month)
    await subscriptions.looked(due, newest)
    work.record("subscription.look", due.id)


async def _begin_anew(due: Subscription, work: ReportingWork) -> None:
    """What holds now of what its owner sees is known; what they muted stays so."""
    subscriptions = Subscriptions(work)
    seen, known = await seen_figures(due, work), await subscriptions.cells(due.id)
    first = first_cells(due.terms.condition, seen.variations if seen else ())
    muted = {place: cell.muted_until for place, cell in known.items()}
    cells = [replace(one, muted_until=muted.get((one.indicator, one.team))) for one in first]
    await subscriptions.begin_anew(due.id, cells)
    due.begins_anew = False
    await subscriptions.begun(due)
    work.record("subscription.begin_anew", due.id)


async def _put_off(due: Subscription, units: ReportingUnits) -> None:
    async with units.begin(system()) as work:
        subscriptions = Subscriptions(work)
        one = await subscriptions.get_to_change(due.id)
        await subscriptions.put_off(one)
        await subscriptions.ran(one, RunOutcome.FAILED, "It could not be looked at. It is tried again in ten minutes.")
