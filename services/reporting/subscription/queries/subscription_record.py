"""One subscription with all that its page shows, but for its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.reporting.publication.domain.reach import Remit
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.database.seen_runs import is_run_seen
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    delivery_try,
    message,
    subscription,
    subscription_run,
)
from services.reporting.subscription.database.subscriptions import Subscriber, Subscriptions
from services.reporting.subscription.domain.retrying import Answer, Outcome
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Subscription
from services.reporting.subscription.domain.watched_cell import WatchedCell
from services.reporting.subscription.queries.subscription_list import SubscriptionState, state_of
from shared.staff.colleagues import Colleagues
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork

SHOWN = 12


@dataclass(frozen=True)
class RunLine:
    """One look, or something that was done."""

    ran_at: datetime
    outcome: RunOutcome
    why: str
    month: date | None
    delivery: UUID | None
    sent: int
    """Emails that left."""
    waiting: int
    """Emails that have not left yet."""
    tries: int
    """Of a webhook."""
    taken_at: datetime | None
    next_try_at: datetime | None

    @property
    def became(self) -> str:
        """Of what was sent."""
        if self.delivery is None:
            return ""
        if self.tries or self.next_try_at:
            if self.taken_at:
                return f"Taken at try {self.tries}"
            return f"{self.tries} tries failed" if self.tries else "Waits to be sent"
        parts = [f"{self.sent} sent"] if self.sent else []
        return ", ".join([*parts, *([f"{self.waiting} not sent"] if self.waiting else [])])


@dataclass(frozen=True)
class TryLine:
    """One try of a webhook."""

    at: datetime
    number: int
    outcome: Outcome
    took_ms: int


@dataclass(frozen=True)
class SubscriptionRecord:
    """All of it."""

    subscription: Subscription
    reads: Remit
    """What whoever asks has of the region."""
    state: SubscriptionState
    owner: str
    subscribers: Sequence[Subscriber]
    cells: Sequence[WatchedCell]
    tries: Sequence[TryLine]
    """Of the newest delivery that has any."""
    failed: int
    """Emails that have failed."""


async def subscription_record(subscription_id: UUID, work: UnitOfWork) -> SubscriptionRecord:
    """Raises NotFound."""
    subscriptions = Subscriptions(work)
    one = await subscriptions.get(subscription_id)
    reads = await subscriptions.reads()
    state = select(state_of(work.today, reads)).where(subscription.c.id == one.id)
    sees = one.reach(0).sees
    return SubscriptionRecord(
        subscription=one,
        reads=reads,
        state=SubscriptionState(await work.session.scalar(state)),
        owner=await Colleagues(work.session).name(one.owned_by) or "",
        subscribers=await subscriptions.subscribers(one.id),
        cells=[cell for cell in (await subscriptions.cells(one.id)).values() if not cell.team or sees(cell.team)],
        tries=await _tries(one.id, work),
        failed=len(await DigestMessages(work).failed_of(one.id)),
    )


def run_list(subscription_id: UUID, reads: Remit) -> Listing[RunLine]:
    """What ran, fired, was quiet or failed, and why; the latest first.

    Args:
        reads: what whoever asks has of the region; what speaks of more is left out.
    """
    left = select(func.count(message.c.sent_at)).where(message.c.delivery_id == delivery.c.id)
    waits = select(func.count() - func.count(message.c.sent_at)).where(
        message.c.delivery_id == delivery.c.id, message.c.stopped_at.is_(None)
    )
    query = (
        select(
            subscription_run,
            left.correlate(delivery).scalar_subquery().label("sent"),
            waits.correlate(delivery).scalar_subquery().label("waiting"),
            delivery.c.tries,
            delivery.c.taken_at,
            delivery.c.next_try_at,
        )
        .join(delivery, delivery.c.id == subscription_run.c.delivery, isouter=True)
        .where(subscription_run.c.subscription == subscription_id, is_run_seen(reads))
        .order_by(subscription_run.c.id.desc())
    )
    return found_by(query, _run)


def _run(row: Any) -> RunLine:
    return RunLine(
        row.ran_at,
        RunOutcome(row.outcome),
        row.why,
        row.month,
        row.delivery,
        row.sent or 0,
        row.waiting or 0,
        row.tries or 0,
        row.taken_at,
        row.next_try_at,
    )


async def _tries(subscription_id: UUID, work: UnitOfWork) -> list[TryLine]:
    newest = (
        select(delivery.c.id)
        .where(delivery.c.subscription == subscription_id, delivery.c.tries > 0)
        .order_by(delivery.c.taken_at.is_(None).desc(), delivery.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(delivery_try).where(delivery_try.c.delivery == newest).order_by(delivery_try.c.id.desc()).limit(SHOWN)
    )
    rows = (await work.session.execute(query)).all()
    return [TryLine(row.at, row.number, Outcome(Answer(row.answer), row.status), row.took_ms) for row in rows]
