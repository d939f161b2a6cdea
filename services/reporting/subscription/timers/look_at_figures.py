"""Every half minute: subscriptions look at what was frozen, or at what is told on Mondays, one in each transaction."""

from dataclasses import replace

from services.reporting.facts.database.reporting_work import ReportingUnits, ReportingWork
from services.reporting.publication.database.readers import kept_remit
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Remit
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.ending import end
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.database.telling import tell
from services.reporting.subscription.domain.look import Frozen, first_cells, look
from services.reporting.subscription.domain.run import RunOutcome, why_followed, why_of
from services.reporting.subscription.domain.subscription import Subscription, monday_of
from services.reporting.subscription.domain.watched_cell import WatchedCell
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
            remit = await kept_remit(work.session, due.owned_by) or due.remit
            await (_look(due, newest.id, work) if remit == due.remit else _follow(due, remit, work))
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


async def _follow(due: Subscription, remit: Remit, work: ReportingWork) -> None:
    """It begins anew with what its owner sees now, or ends; what waits to be sent and is not theirs now is not sent."""
    subscriptions, before = Subscriptions(work), due.audience
    due.follow(remit, work.now)
    await Deliveries(work).withdraw(due.id)
    await subscriptions.ran(due, RunOutcome.CHANGED, why_followed(due))
    if due.ended_at is not None:
        await end(due, work)
    else:
        await _begin_anew(due, before, work)
    work.record("subscription.begin_anew", due.id)


async def _begin_anew(due: Subscription, before: Audience, work: ReportingWork) -> None:
    """Where they see the same figures what is known stays; elsewhere what holds now is known, and what was muted is."""
    subscriptions = Subscriptions(work)
    seen, known = await seen_figures(due, work), await subscriptions.cells(due.id)
    cells: list[WatchedCell] = []
    for first in first_cells(due.terms.condition, seen.variations if seen else ()):
        was = known.get((first.indicator, first.team))
        if was is None or before is due.audience:
            cells.append(was or first)
        else:
            cells.append(replace(first, muted_until=was.muted_until))
    await subscriptions.begin_anew(due, cells)
    due.version += 1
    await subscriptions.begun(due)


async def _put_off(due: Subscription, units: ReportingUnits) -> None:
    async with units.begin(system()) as work:
        subscriptions = Subscriptions(work)
        one = await subscriptions.get_to_change(due.id)
        await subscriptions.put_off(one)
        await subscriptions.ran(one, RunOutcome.FAILED, "It could not be looked at. It is tried again in ten minutes.")
