"""Messages as stored: what waits to leave, and who may be reached.

Whoever stops a family's messages and whoever sends one lock the family first, so that nothing leaves after a loss was
recorded (`test_a_message_that_is_leaving_holds_up_the_loss_and_none_leaves_after_it`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, cast, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.family_tables import consent, dyad, family, family_member, person
from services.referral.database.letter_tables import message as table
from services.referral.people.domain.dyad import Involvement
from services.referral.people.domain.message import Message, MessageKind, Reachable, Trouble
from services.referral.people.domain.message_words import MessageWords
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

_OPEN = and_(table.c.sent_at.is_(None), table.c.failed_at.is_(None), table.c.stopped_at.is_(None))


async def stop_messages(session: AsyncSession, family_id: UUID, now: datetime) -> None:
    """Stop everything about the family that waits or has failed; the caller holds the family's lock."""
    await _stop(session, now, table.c.family_id == family_id)


async def stop_messages_to(session: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Stop everything to somebody who turned out to be unsafe to contact, in whatever family."""
    await _stop(session, now, table.c.person_id == person_id)


async def _stop(session: AsyncSession, now: datetime, where: ColumnElement[bool]) -> None:
    await session.execute(
        update(table)
        .where(where, table.c.sent_at.is_(None), table.c.stopped_at.is_(None))
        .values(stopped_at=now, failed_at=None, link="", version=table.c.version + 1)
    )


class Messages:
    """The messages of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, message: Message) -> bool:
        """Store one that waits; False when there is one of that kind about that already."""
        stored = await self._session.execute(
            insert_or(table)
            .values(
                id=message.id,
                kind=message.kind,
                about=message.about,
                family_id=message.family_id,
                person_id=message.person_id,
                queued_by=message.queued_by,
                queued_at=message.queued_at,
                expires_at=message.expires_at,
                **_columns(message),
            )
            .on_conflict_do_nothing()
            .returning(table.c.id)
        )
        return stored.one_or_none() is not None

    async def get_to_change(self, message_id: UUID) -> Message:
        """Locked until the transaction ends. Raises NotFound when this team has no such message."""
        row = (
            await self._session.execute(select(table).where(table.c.id == message_id).with_for_update())
        ).one_or_none()
        if row is None:
            raise NotFound("message_not_found", "This team has no such message. Look for it in the list of messages.")
        return _message(row)

    async def next_due(self, now: datetime) -> Message | None:
        """The one that has waited longest past its time (UTC), locked with its family; None when nothing is due.

        One that another process is sending is passed over.
        """
        due = select(table).where(_OPEN, table.c.next_attempt_at <= now).order_by(table.c.next_attempt_at, table.c.id)
        for candidate in await self._session.execute(due.limit(_LOOKED_AT)):
            if candidate.family_id is not None:
                await self._session.execute(
                    select(family.c.id).where(family.c.id == candidate.family_id).with_for_update(read=True)
                )
            again = due.where(table.c.id == candidate.id).with_for_update(skip_locked=True)
            if (row := (await self._session.execute(again)).one_or_none()) is not None:
                return _message(row)
        return None

    async def save(self, message: Message) -> None:
        await self._session.execute(update(table).where(table.c.id == message.id).values(**_columns(message)))

    async def reachable(self, family_id: UUID, person_id: UUID) -> tuple[Reachable, str | None] | None:
        """Whether an e-mail may go to somebody, and their address; None when they are not of this family now."""
        row = (await self._session.execute(_reachable(family_id, person_id))).one_or_none()
        if row is None:
            return None
        reachable = Reachable(
            messages_stopped=row.messages_stopped_at is not None,
            is_lost=row.died_on is not None,
            is_unsafe=row.is_unsafe,
            has_address=bool(row.email),
            has_agreed=row.has_agreed,
        )
        return reachable, row.email

    async def is_silent(self, family_id: UUID) -> bool:
        """Whether nothing about the family may leave."""
        stopped = select(family.c.messages_stopped_at).where(family.c.id == family_id)
        return await self._session.scalar(stopped) is not None

    async def to_be_reminded(self, now: datetime, until: datetime) -> Sequence[Row[UUID, UUID, UUID, datetime]]:
        """Contact, family, person and time (UTC) of appointments to come, for whoever may and was not yet told."""
        rows = await self._session.execute(_to_be_reminded(now, until))
        return rows.all()

    async def is_booked(self, contact_id: UUID, starts_at: datetime | None) -> bool:
        """Whether the appointment is still to come at that time."""
        booked = select(
            exists().where(contact.c.id == contact_id, contact.c.attendance.is_(None), contact.c.starts_at == starts_at)
        )
        return bool(await self._session.scalar(booked))


_LOOKED_AT = 20
"""Candidates that are tried before giving way to the other process that is sending them."""


def _reachable(family_id: UUID, person_id: UUID) -> Select[Any, Any, Any, bool, bool]:
    return (
        select(
            family.c.messages_stopped_at,
            person.c.died_on,
            person.c.email,
            or_(person.c.contact_unsafe, _is_unsafe(family_id)).label("is_unsafe"),
            _has_agreed(family_id).label("has_agreed"),
        )
        .join_from(family, family_member, family_member.c.family_id == family.c.id)
        .join(person, person.c.id == family_member.c.person_id)
        .where(family.c.id == family_id, person.c.id == person_id, family_member.c.until_on.is_(None))
    )


def _to_be_reminded(now: datetime, until: datetime) -> Select[UUID, UUID, UUID, datetime]:
    seconds = cast(func.extract("epoch", contact.c.starts_at), BigInteger)
    key = func.concat(contact.c.id, ":", seconds, ":", person.c.id)
    told = exists().where(table.c.kind == MessageKind.APPOINTMENT_REMINDER, table.c.about == key)
    return (
        select(contact.c.id, contact.c.family_id, person.c.id, contact.c.starts_at)
        .join(contact_person, contact_person.c.contact_id == contact.c.id)
        .join(person, person.c.id == contact_person.c.person_id)
        .join(family, family.c.id == contact.c.family_id)
        .where(
            contact.c.attendance.is_(None),
            contact.c.starts_at > now,
            contact.c.starts_at <= until,
            person.c.email.is_not(None),
            person.c.died_on.is_(None),
            ~person.c.contact_unsafe,
            ~_is_unsafe(contact.c.family_id),
            family.c.messages_stopped_at.is_(None),
            _has_agreed(contact.c.family_id),
            ~told,
        )
        .order_by(contact.c.starts_at, person.c.id)
    )


def _is_unsafe(family_id: Any) -> ColumnElement[bool]:
    """As what the person is to any baby of the family says."""
    return exists().where(
        dyad.c.family_id == family_id, dyad.c.carer_id == person.c.id, dyad.c.involvement == Involvement.UNSAFE
    )


def _has_agreed(family_id: Any) -> ColumnElement[bool]:
    return exists().where(
        consent.c.family_id == family_id,
        consent.c.person_id == person.c.id,
        consent.c.scope == ConsentScope.CONTACT_BY_EMAIL,
        consent.c.withdrawn_on.is_(None),
    )


def _message(row: Any) -> Message:
    return Message(
        id=row.id,
        kind=MessageKind(row.kind),
        about=row.about,
        family_id=row.family_id,
        person_id=row.person_id,
        address=row.address,
        words=MessageWords(row.subject, row.body, row.link),
        queued_by=row.queued_by,
        queued_at=row.queued_at,
        next_attempt_at=row.next_attempt_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
        trouble=Trouble(row.trouble) if row.trouble else None,
        sent_at=row.sent_at,
        failed_at=row.failed_at,
        stopped_at=row.stopped_at,
        version=row.version,
    )


def _columns(message: Message) -> dict[str, Any]:
    return {
        "address": message.address,
        "subject": message.words.subject,
        "body": message.words.body,
        "link": message.words.link,
        "next_attempt_at": message.next_attempt_at,
        "attempts": message.attempts,
        "trouble": message.trouble,
        "sent_at": message.sent_at,
        "failed_at": message.failed_at,
        "stopped_at": message.stopped_at,
        "version": message.version,
    }
