"""What was told at one time, kept to the byte, and what became of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, select, text, update

from services.reporting.publication.database.publication_tables import reader
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    delivery_picture,
    delivery_try,
    stream_epoch,
    subscription,
)
from services.reporting.subscription.domain.digest import Digest
from services.reporting.subscription.domain.retrying import CLAIMED_FOR, Answer, Outcome, next_try
from services.reporting.subscription.domain.subscription import Channel, Subscription
from shared.database.mapping import columns_of, read_row
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Delivery:
    """One, without its pictures."""

    id: UUID
    number: int
    """Grows with each of the region."""
    subscription: UUID
    channel: Channel
    made_at: datetime
    body: str
    tries: int
    next_try_at: datetime | None
    taken_at: datetime | None
    failed_at: datetime | None
    position: int | None


class Tried(NamedTuple):
    """What a try led to."""

    again: datetime | None
    """When it is tried once more; None: it is not."""
    is_current: bool
    """False: it was sent again or stopped meanwhile, and this try decides nothing."""


class Deliveries:
    """In the caller's unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(
        self, one: Subscription, digest: Digest, html: str = "", pictures: Mapping[str, bytes] | None = None
    ) -> UUID:
        """Whatever leaves of it is made of this, now and later."""
        made = new_id()
        channel = one.terms.channel
        values = {
            "id": made,
            "subscription": one.id,
            "channel": channel.value,
            "localities": columns_of(one.remit)["localities"],
            "made_at": self._work.now,
            "body": json.dumps(digest.as_json(self._work.now), ensure_ascii=False),
            "html": html,
            "tries": 0,
            "position": await self._next_position() if channel is Channel.STREAM else None,
            "next_try_at": self._work.now if channel is Channel.WEBHOOK else None,
        }
        await self._session.execute(insert(delivery).values(values))
        rows = [{"delivery": made, "name": name, "content": content} for name, content in (pictures or {}).items()]
        if rows:
            await self._session.execute(insert(delivery_picture), rows)
        return made

    async def after(self, subscription_id: UUID, number: int, most: int) -> list[Delivery]:
        """Those behind that number, the earliest first."""
        wanted = (delivery.c.subscription == subscription_id, delivery.c.number > number, is_still_told())
        query = select(delivery).where(*wanted).order_by(delivery.c.number).limit(most)
        return [read_row(Delivery, row) for row in (await self._session.execute(query)).all()]

    async def on_stream_after(self, position: int, most: int) -> list[Delivery]:
        """Those behind that position of the stream, in its order."""
        query = select(delivery).where(delivery.c.position > position).order_by(delivery.c.position).limit(most)
        return [read_row(Delivery, row) for row in (await self._session.execute(query)).all()]

    async def lock_epoch(self) -> int:
        """In which the stream is; nobody else begins a later one until the transaction ends."""
        return await self._session.scalar(select(stream_epoch.c.epoch).with_for_update()) or 1

    async def keep_epoch(self, epoch: int) -> None:
        await self._session.execute(update(stream_epoch).values(epoch=epoch))

    async def is_at(self, position: int, delivery_id: str) -> bool:
        """Whether that one has that position of the stream."""
        found = await self._session.scalar(select(delivery.c.id).where(delivery.c.position == position))
        return str(found) == delivery_id

    async def claim(self) -> Delivery | None:
        """One of a webhook that is due; nobody else has it until the claim lapses.

        They take turns: that of the subscription which was called the longest ago, so that one whose receiver hangs
        holds up no other for long. One that has no key yet waits for it: nobody could check who calls. One that sleeps
        waits too.
        """
        tries = select(func.max(delivery_try.c.at)).join(delivery, delivery.c.id == delivery_try.c.delivery)
        called_at = tries.where(delivery.c.subscription == subscription.c.id).correlate(subscription).scalar_subquery()
        of_webhooks = subscription.c.channel == Channel.WEBHOOK.value
        awake = select(subscription.c.id, called_at.label("called_at"))
        awake = (
            awake.where(
                subscription.c.ended_at.is_(None),
                subscription.c.asleep_since.is_(None),
                subscription.c.key_number > 0,
                of_webhooks,
            )
            .cte()
            .prefix_with("MATERIALIZED")
        )
        query = (
            select(delivery)
            .join(awake, awake.c.id == delivery.c.subscription)
            .where(delivery.c.next_try_at <= self._work.now, is_still_told())
            .order_by(awake.c.called_at.nulls_first(), delivery.c.next_try_at, delivery.c.number)
            .limit(1)
            .with_for_update(of=delivery, skip_locked=True)
        )
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        claimed = {"next_try_at": self._work.now + CLAIMED_FOR}
        await self._session.execute(update(delivery).where(delivery.c.id == row.id).values(claimed))
        return replace(read_row(Delivery, row), **claimed)

    async def tried(self, claimed: Delivery, outcome: Outcome, took_ms: int) -> Tried:
        """Keep what came of it; where it was sent again or stopped since it was claimed, that stays so."""
        now, tries = self._work.now, claimed.tries + 1
        is_taken = outcome.answer is Answer.TAKEN
        began_at = await self._began_at(claimed) or now
        again = None if is_taken else next_try(claimed.id, tries, outcome, now, began_at=began_at)
        values = {
            "tries": tries,
            "next_try_at": again,
            "taken_at": now if is_taken else None,
            "failed_at": now if again is None and not is_taken else None,
        }
        still = (delivery.c.id == claimed.id, delivery.c.next_try_at == claimed.next_try_at)
        found = await self._session.execute(update(delivery).where(*still).values(values).returning(delivery.c.id))
        is_current = found.one_or_none() is not None
        kept = {"at": now, "number": tries, "answer": outcome.answer.value, "status": outcome.status}
        await self._session.execute(insert(delivery_try).values(delivery=claimed.id, took_ms=took_ms, **kept))
        return Tried(again, is_current=is_current)

    async def _began_at(self, claimed: Delivery) -> datetime | None:
        """When its first try was made, since it was last sent again; None: this is it."""
        if not claimed.tries:
            return None
        first = (delivery_try.c.delivery == claimed.id, delivery_try.c.number == 1)
        return await self._session.scalar(select(func.max(delivery_try.c.at)).where(*first))

    async def begin_again(self, subscription_id: UUID) -> None:
        """What waits to be sent has all its tries before it, however long it could not be sent."""
        waits = (delivery.c.subscription == subscription_id, delivery.c.next_try_at.is_not(None))
        await self._session.execute(update(delivery).where(*waits).values(next_try_at=self._work.now, tries=0))

    async def stop(self, subscription_id: UUID) -> None:
        """What waits to be sent is not: there is nowhere to send it to."""
        await self._stop(delivery.c.subscription == subscription_id)

    async def withdraw(self, subscription_id: UUID) -> None:
        """What waits to be sent, and its owner does not see any more, is not."""
        await self._stop(delivery.c.subscription == subscription_id, ~is_still_told())

    async def _stop(self, *which: ColumnElement[bool]) -> None:
        waits = (*which, delivery.c.next_try_at.is_not(None))
        await self._session.execute(update(delivery).where(*waits).values(next_try_at=None))

    async def replay(self, subscription_id: UUID, since: datetime) -> int:
        """Send again what was made since then, the same bytes with the same ids; gives how many."""
        wanted = (delivery.c.subscription == subscription_id, delivery.c.made_at >= since, is_still_told())
        again = {"next_try_at": self._work.now, "tries": 0, "failed_at": None, "taken_at": None}
        found = await self._session.execute(
            update(delivery).where(*wanted, delivery.c.channel == Channel.WEBHOOK.value).values(again)
        )
        return found.rowcount  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]

    async def html(self, delivery_id: UUID) -> str:
        return await self._session.scalar(select(delivery.c.html).where(delivery.c.id == delivery_id)) or ""

    async def pictures(self, delivery_id: UUID) -> Sequence[tuple[str, bytes]]:
        query = select(delivery_picture).where(delivery_picture.c.delivery == delivery_id)
        rows = (await self._session.execute(query.order_by(delivery_picture.c.name))).all()
        return [(row.name, row.content) for row in rows]

    async def _next_position(self) -> int:
        """Without a hole: whoever takes one waits for who took the one before."""
        await self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext('indicators'))"))
        newest = await self._session.scalar(
            select(delivery.c.position)
            .where(delivery.c.position.is_not(None))
            .order_by(delivery.c.position.desc())
            .limit(1)
        )
        return (newest or 0) + 1


def is_still_told() -> ColumnElement[bool]:
    """As SQL: what a delivery tells is seen by whoever subscribed, as they signed in last.

    All of the region has all; of some localities each sees other figures of the region, and so those of the same alone.
    What leaves is told outside, which every reader hears.
    """
    owned = (subscription.c.id == delivery.c.subscription, reader.c.actor_id == subscription.c.owned_by)
    others = (reader.c.localities.is_not(None), reader.c.localities.is_distinct_from(delivery.c.localities))
    return ~exists().where(*owned, *others).correlate(delivery)
