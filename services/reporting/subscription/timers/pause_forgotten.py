"""Every minute: a subscription whose owner has not signed in for months pauses itself, and goes on when they do.

Whoever has left signs in no more, and nobody ends what they subscribed to. So nothing is told to, or by, an account
that nobody uses.
"""

from uuid import UUID

from sqlalchemy import Select, func, select, update

from services.reporting.facts.database.reporting_work import ReportingUnits, ReportingWork
from services.reporting.publication.database.publication_tables import reader
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.database.subscription_tables import subscription
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.digest_message import DigestMessage, asleep_words
from services.reporting.subscription.domain.run import RunOutcome
from shared.kernel.actor import SYSTEM, system

AT_ONCE = 50


async def pause_forgotten(units: ReportingUnits) -> int:
    """Give how many began to sleep or woke; what the command line made is the operator's, and never sleeps."""
    async with units.begin(system()) as work:
        return await _wake(work) + await _sleep(work)


async def _sleep(work: ReportingWork) -> int:
    table, last_seen = subscription.c, func.coalesce(reader.c.signed_in_at, subscription.c.counted_from)
    forgotten = (
        select(table.id)
        .join(reader, reader.c.actor_id == table.owned_by, isouter=True)
        .where(table.ended_at.is_(None), table.asleep_since.is_(None), table.owned_by != SYSTEM)
        .where(last_seen < work.now - work.office.pause_after)
    )
    found = (await work.session.scalars(_some(forgotten))).all()
    subscriptions, days = Subscriptions(work), work.office.pause_after.days
    for subscription_id in found:
        one = await subscriptions.get(subscription_id)
        one.asleep_since = work.now
        await work.session.execute(update(subscription).where(table.id == one.id).values(asleep_since=work.now))
        why = f"It paused itself: whoever made it has not signed in for {days} days. It goes on when they do."
        await subscriptions.ran(one, RunOutcome.CHANGED, why)
        words = asleep_words(one.terms.name, f"{work.office.public_url}/subscriptions/{one.id}", days)
        for to in await subscriptions.subscribers(one.id):
            await DigestMessages(work).tell(DigestMessage.ASLEEP, to, f"{one.id}:{work.today}", words)
        work.record("subscription.pause_itself", one.id)
    return len(found)


async def _wake(work: ReportingWork) -> int:
    table = subscription.c
    back = (
        select(table.id)
        .join(reader, reader.c.actor_id == table.owned_by)
        .where(table.ended_at.is_(None), reader.c.signed_in_at > table.asleep_since)
    )
    found = (await work.session.scalars(_some(back))).all()
    subscriptions = Subscriptions(work)
    for subscription_id in found:
        await work.session.execute(update(subscription).where(table.id == subscription_id).values(asleep_since=None))
        await Deliveries(work).begin_again(subscription_id)
        one = await subscriptions.get(subscription_id)
        await subscriptions.ran(one, RunOutcome.CHANGED, "It goes on: whoever made it has signed in again.")
        work.record("subscription.wake", subscription_id)
    return len(found)


def _some(query: Select[UUID]) -> Select[UUID]:
    """One that another process has is passed over."""
    return query.order_by(subscription.c.id).limit(AT_ONCE).with_for_update(of=subscription, skip_locked=True)
