"""All subscriptions of the region: what each is, what came of its last look, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.database.publication_tables import reader
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from services.reporting.subscription.database.seen_runs import is_run_seen
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    message,
    subscriber,
    subscription,
    subscription_run,
)
from services.reporting.subscription.domain.run import LOOKS, RunOutcome
from services.reporting.subscription.domain.subscription import Subscription
from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague


class SubscriptionState(Code):
    """What a glance should tell, in the order of what needs somebody."""

    FAILED = "failed", "Failed"
    FIRED = "fired", "Fired"
    QUIET = "quiet", "Quiet"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


@dataclass(frozen=True)
class SubscriptionFilter:
    state: SubscriptionState | None = None


@dataclass(frozen=True)
class SubscriptionLine:
    """One of them."""

    subscription: Subscription
    state: SubscriptionState
    addresses: int
    owner: str
    ran_at: datetime | None
    why: str
    """Of its last look; of what failed, that."""

    @property
    def id(self) -> UUID:
        return self.subscription.id


def subscription_list(
    chosen: SubscriptionFilter, today: date, owned_by: UUID | None = None, reads: Remit = ALL_OF_IT
) -> Listing[SubscriptionLine]:
    """What failed first, then the latest look; what has ended last.

    Args:
        owned_by: whose; None: everybody's.
        reads: what whoever asks has of the region.
    """
    table, state = subscription.c, state_of(today, reads)
    last = (
        select(subscription_run.c.ran_at, subscription_run.c.outcome, subscription_run.c.why)
        .where(subscription_run.c.subscription == table.id, _LOOKED, is_run_seen(reads))
        .order_by(subscription_run.c.id.desc())
        .limit(1)
        .lateral("last")
    )
    addresses = select(func.count()).where(subscriber.c.subscription == table.id, subscriber.c.left_at.is_(None))
    query = select(
        subscription,
        state.label("state"),
        last.c.ran_at,
        last.c.why.label("last_why"),
        select(colleague.c.name).where(colleague.c.id == table.owned_by).scalar_subquery().label("owner"),
        addresses.correlate(subscription).scalar_subquery().label("addresses"),
        reader.c.audience.label("kept_audience"),
        reader.c.localities.label("kept_localities"),
    ).select_from(subscription)
    query = query.join(last, true(), isouter=True).join(reader, reader.c.actor_id == table.owned_by, isouter=True)
    if owned_by:
        query = query.where(table.owned_by == owned_by)
    if chosen.state:
        query = query.where(state == chosen.state.value)
    order = func.array_position([one.value for one in SubscriptionState], state)
    query = query.order_by(order == _LAST, order > 1, table.looked_at.desc(), table.id)
    return found_by(query, lambda row: _line(row, reads))


async def subscription_counts(
    session: AsyncSession, today: date, owned_by: UUID | None = None, reads: Remit = ALL_OF_IT
) -> dict[SubscriptionState, int]:
    """How many there are in each state. Arguments as those of `subscription_list`."""
    query = select(state_of(today, reads).label("state")).select_from(subscription)
    if owned_by:
        query = query.where(subscription.c.owned_by == owned_by)
    states = query.subquery()
    rows = await session.execute(select(states.c.state, func.count()).group_by(states.c.state))
    return {SubscriptionState(state): number for state, number in rows}


_LAST = len(SubscriptionState)
_LOOKED = subscription_run.c.outcome.in_([one.value for one in LOOKS])


def state_of(today: date, reads: Remit) -> ColumnElement[str]:
    """As SQL: whether the last look, or what it told last, failed wins over what it did. What failed before is past."""
    table, run = subscription.c, subscription_run.c
    newest = (
        select(delivery.c.id)
        .where(delivery.c.subscription == table.id, delivery.c.channel == table.channel)
        .order_by(delivery.c.number.desc())
        .limit(1)
        .correlate(subscription)
        .scalar_subquery()
    )
    webhook = exists().where(delivery.c.id == newest, delivery.c.tries > 0, delivery.c.taken_at.is_(None))
    mail = exists().where(message.c.delivery_id == newest, message.c.failed_at.is_not(None))
    not_looked = and_(run.outcome == RunOutcome.FAILED.value, run.delivery.is_(None))
    runs = select(run.outcome).where(run.subscription == table.id, or_(_LOOKED, not_looked), is_run_seen(reads))
    last = runs.order_by(run.id.desc()).limit(1).correlate(subscription).scalar_subquery()
    return case(
        (table.ended_at.is_not(None), SubscriptionState.ENDED.value),
        (or_(webhook, mail), SubscriptionState.FAILED.value),
        (or_(table.asleep_since.is_not(None), table.paused_until > today), SubscriptionState.PAUSED.value),
        else_=func.coalesce(last, SubscriptionState.QUIET.value),
    )


def _line(row: Any, reads: Remit) -> SubscriptionLine:
    one = read_row(Subscription, row)
    if reads != ALL_OF_IT:
        one.remit = reads
    elif row.kept_audience:
        seen = row.kept_localities
        one.remit = Remit(Audience(row.kept_audience), None if seen is None else frozenset(seen))
    return SubscriptionLine(
        one,
        SubscriptionState(row.state),
        row.addresses,
        row.owner or "",
        row.ran_at,
        row.last_why or "",
    )
