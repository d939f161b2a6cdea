"""Subscriptions with their cells and addresses, in the caller's unit of work."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as put

from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.publication.database.publication_tables import reader
from services.reporting.publication.database.readers import kept_remit, remit_now
from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from services.reporting.subscription.database.subscription_tables import (
    subscriber,
    subscription,
    subscription_run,
    watched_cell,
)
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Condition, Subscription
from services.reporting.subscription.domain.watched_cell import WatchedCell
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound, changed_meanwhile
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork

PUT_OFF_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Subscriber:
    """An address that a subscription writes to."""

    id: UUID
    subscription: UUID
    address: str
    secret: str
    left_at: datetime | None


class Subscriptions:
    """Those of the region."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Subscription) -> None:
        await self._session.execute(insert(subscription).values(columns_of(one)))

    async def get(self, subscription_id: UUID) -> Subscription:
        """Raises NotFound: there is none, or it is somebody else's."""
        return await self._get(subscription_id, for_update=False)

    async def get_to_change(self, subscription_id: UUID, seen: int | None = None) -> Subscription:
        """Locked until the transaction ends.

        Raises:
            NotFound: there is none.
            Conflict: somebody changed it since that version was seen.
        """
        found = await self._get(subscription_id, for_update=True)
        if seen is not None and seen != found.version:
            raise changed_meanwhile("subscription_changed", "Someone changed this subscription")
        return found

    async def save(self, one: Subscription) -> None:
        """As a new version."""
        one.version += 1
        await self._store(one)

    async def looked(self, one: Subscription, snapshot: int) -> None:
        """It was evaluated now, which changes nothing that somebody chose."""
        one.looked_at, one.snapshot = self._work.now, max(one.snapshot, snapshot)
        await self.begun(one)

    async def begun(self, one: Subscription) -> None:
        """It begins anew from here, and is looked at when it is due."""
        await self._store(one)
        await self._session.execute(update(subscription).where(subscription.c.id == one.id).values(not_before=None))

    async def put_off(self, one: Subscription) -> None:
        """It could not be looked at now: the others are, before it is tried again."""
        later = self._work.now + PUT_OFF_FOR
        await self._session.execute(update(subscription).where(subscription.c.id == one.id).values(not_before=later))

    async def next_due(self, newest: int, monday: datetime) -> Subscription | None:
        """One that has not looked at that snapshot yet, or of those told on Mondays since then, or that begins anew.

        Its remit is that of which its cells are; it begins anew where its owner has another. It is locked; one that is
        locked is passed over: another process has it.
        """
        table = subscription.c
        on_mondays = table.condition == Condition.EVERY_MONDAY.value
        due = or_(~on_mondays & (table.snapshot < newest), on_mondays & (table.looked_at < monday))
        awake = table.asleep_since.is_(None) & or_(table.paused_until.is_(None), table.paused_until <= self._work.today)
        ready = or_(table.not_before.is_(None), table.not_before <= self._work.now)
        others = or_(reader.c.audience != table.audience, reader.c.localities.is_distinct_from(table.localities))
        begins_anew = exists().where(reader.c.actor_id == table.owned_by, others)
        wanted = (table.ended_at.is_(None), awake, ready, or_(begins_anew, due))
        query = select(subscription).where(*wanted).order_by(table.looked_at, table.id)
        row = (await self._session.execute(query.limit(1).with_for_update(skip_locked=True))).one_or_none()
        return None if row is None else read_row(Subscription, row)

    async def cells(self, subscription_id: UUID) -> dict[tuple[int, str], WatchedCell]:
        query = select(watched_cell).where(watched_cell.c.subscription == subscription_id)
        rows = (await self._session.execute(query)).all()
        return {(row.indicator, row.team): read_row(WatchedCell, row) for row in rows}

    async def keep_cells(self, subscription_id: UUID, cells: Iterable[WatchedCell]) -> None:
        rows = [{"subscription": subscription_id, **columns_of(one)} for one in cells]
        if not rows:
            return
        new = put(watched_cell)
        changed = {name: new.excluded[name] for name in ("is_in", "since", "muted_until", "ended_untold")}
        await self._session.execute(
            new.on_conflict_do_update(index_elements=["subscription", "indicator", "team"], set_=changed), rows
        )

    async def begin_anew(self, one: Subscription, cells: Iterable[WatchedCell]) -> None:
        """What was known of its cells is of other cells; these are of its remit."""
        await self._session.execute(delete(watched_cell).where(watched_cell.c.subscription == one.id))
        await self.keep_cells(one.id, cells)
        remit = columns_of(one.remit)
        await self._session.execute(update(subscription).where(subscription.c.id == one.id).values(remit))

    async def subscribers(self, subscription_id: UUID) -> list[Subscriber]:
        """Those who have not left."""
        wanted = (subscriber.c.subscription == subscription_id, subscriber.c.left_at.is_(None))
        rows = (await self._session.execute(select(subscriber).where(*wanted).order_by(subscriber.c.address))).all()
        return [read_row(Subscriber, row) for row in rows]

    async def by_secret(self, secret: str) -> Subscriber:
        """Raises NotFound."""
        row = (await self._session.execute(select(subscriber).where(subscriber.c.secret == secret))).one_or_none()
        if row is None:
            raise NotFound("link_unknown", "This link is not right, or not whole. Copy all of it from the email.")
        return read_row(Subscriber, row)

    async def write_to(self, subscription_id: UUID, addresses: Sequence[str]) -> None:
        """To these and no others; who left gets nothing until they are named again."""
        present = {one.address.lower(): one for one in await self.subscribers(subscription_id)}
        wanted = {one.lower(): one for one in addresses}
        for gone in present.keys() - wanted.keys():
            await self.leave(present[gone])
        new = [
            {"id": new_id(), "subscription": subscription_id, "address": wanted[one], "secret": new_secret()}
            for one in wanted
            if one not in present
        ]
        if new:
            await self._session.execute(insert(subscriber), new)

    async def leave(self, one: Subscriber) -> None:
        """Nothing more leaves to that address, which is forgotten."""
        left = {"left_at": self._work.now, "address": ""}
        await self._session.execute(update(subscriber).where(subscriber.c.id == one.id).values(left))

    async def ran(
        self, one: Subscription, outcome: RunOutcome, why: str, *, delivery: UUID | None = None, month: Any = None
    ) -> None:
        """Keep what came of a look, or what was done."""
        values = {"subscription": one.id, "ran_at": self._work.now, "month": month, "outcome": outcome.value}
        of = {**columns_of(one.remit), "audience": one.audience.value}
        await self._session.execute(insert(subscription_run).values(**values, **of, why=why, delivery=delivery))

    async def _get(self, subscription_id: UUID, *, for_update: bool) -> Subscription:
        query = select(subscription).where(subscription.c.id == subscription_id)
        row = (await self._session.execute(query.with_for_update() if for_update else query)).one_or_none()
        reads = await self.reads()
        if row is None or (reads != ALL_OF_IT and row.owned_by != self._work.actor.id):
            raise NotFound("subscription_unknown", "There is no such subscription. Go back and choose one of the list.")
        one = read_row(Subscription, row)
        of_owner = await kept_remit(self._session, one.owned_by) or one.remit
        one.follow(of_owner if reads == ALL_OF_IT else reads, self._work.now)
        return one

    async def reads(self) -> Remit:
        """What the actor has of the region; with part of it they see their own. What works by itself has all of it."""
        actor = self._work.actor
        return await remit_now(self._session, actor) if actor.has(*READERS) else ALL_OF_IT

    async def _store(self, one: Subscription) -> None:
        """But for its remit, which is that of its cells until it begins anew."""
        chosen = columns_of(one, without="remit")
        await self._session.execute(update(subscription).where(subscription.c.id == one.id).values(chosen))


def new_secret() -> str:
    """Of a link: nobody guesses it."""
    return secrets.token_urlsafe(24)
