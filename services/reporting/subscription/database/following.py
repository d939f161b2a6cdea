"""Subscriptions follow the remit of whoever made them: in the transaction in which they sign in."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.reporting.publication.domain.reach import Remit, remit_of
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    subscriber,
    subscription,
    subscription_run,
)
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Subscription
from shared.contracts.slug import locality_name
from shared.database.mapping import columns_of, read_row
from shared.manifest import Person

_THEIRS = select(subscription).where(subscription.c.ended_at.is_(None)).order_by(subscription.c.id)


async def follow_remit(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """Each begins anew with what its owner sees now, or ends; what waits to be sent of before is not sent."""
    remit, theirs = remit_of(person.roles, person.localities), _THEIRS.where(subscription.c.owned_by == person.id)
    seen = [read_row(Subscription, row) for row in (await connection.execute(theirs)).all()]
    others = [one.id for one in seen if one.remit != remit]
    if not others:
        return
    locked = theirs.where(subscription.c.id.in_(others)).with_for_update()
    for row in (await connection.execute(locked)).all():
        await _follow(connection, read_row(Subscription, row), remit, now)


async def _follow(connection: AsyncConnection, one: Subscription, remit: Remit, now: datetime) -> None:
    one.follow(remit, now)
    one.version += 1
    of_it = subscription.c.id == one.id
    await connection.execute(update(subscription).where(of_it).values(columns_of(one)))
    if one.narrowed_at == now:
        waits = (delivery.c.subscription == one.id, delivery.c.next_try_at.is_not(None))
        await connection.execute(update(delivery).where(*waits).values(next_try_at=None))
    if one.ended_at:
        there = (subscriber.c.subscription == one.id, subscriber.c.left_at.is_(None))
        await connection.execute(update(subscriber).where(*there).values(left_at=now, address=""))
    ran = {"subscription": one.id, "ran_at": now, "outcome": RunOutcome.CHANGED.value, "why": _why(one)}
    await connection.execute(insert(subscription_run).values(ran))


def _why(one: Subscription) -> str:
    if one.ended_at:
        return f"It ended. {one.why_ended}"
    if one.remit.localities is not None:
        places = ", ".join(map(locality_name, sorted(one.remit.localities)))
        return f"Whoever made it leads {places} now. It begins anew, of those."
    return "What whoever made it may see has changed. It begins anew, of that."
