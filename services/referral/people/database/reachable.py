"""Who may be reached by email, and where: what the queue of messages asks of people's records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Row, Select, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.family_tables import consent, dyad, family, family_member, person
from services.referral.database.letter_tables import message as message_table
from services.referral.people.domain.dyad import Involvement
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.reachable import Reachable
from services.referral.staff.database.record_access import check_family
from shared.contracts.pathway_codes import ConsentScope
from shared.staff.message import Message
from shared.unit_of_work import UnitOfWork


async def address_now(session: AsyncSession, message: Message[MessageKind]) -> str | None:
    """Where a message goes now; None when it may not go, or nobody knows where."""
    if message.kind is MessageKind.APPOINTMENT_REMINDER:
        contact_id = UUID(message.about.split(":")[0])
        if not await _is_booked(session, contact_id, message.expires_at):
            return None
    if message.subject_id is not None and await _is_silent(session, message.subject_id):
        return None
    if message.subject_id is None or message.person_id is None:
        return message.address
    found = await _find(session, message.subject_id, message.person_id)
    return found[1] if found is not None and found[0].is_reachable else None


async def reachable(work: UnitOfWork, family_id: UUID, person_id: UUID) -> tuple[Reachable, str | None] | None:
    """Whether the person may be reached, and where; None when nobody in the family has that id."""
    await check_family(work, family_id)
    return await _find(work.session, family_id, person_id)


async def _find(session: AsyncSession, family_id: UUID, person_id: UUID) -> tuple[Reachable, str | None] | None:
    row = (await session.execute(_reachable(family_id, person_id))).one_or_none()
    if row is None:
        return None
    found = Reachable(
        messages_stopped=row.messages_stopped_at is not None,
        is_lost=row.died_on is not None,
        is_unsafe=row.is_unsafe,
        has_address=bool(row.email),
        has_agreed=row.has_agreed,
    )
    return found, row.email


async def to_be_reminded(
    session: AsyncSession, now: datetime, until: datetime
) -> Sequence[Row[UUID, UUID, UUID, datetime]]:
    """Contact, family, person and time (UTC) of appointments to come, for whoever may and was not yet told."""
    return (await session.execute(_to_be_reminded(now, until))).all()


async def _is_silent(session: AsyncSession, family_id: UUID) -> bool:
    """Whether nothing about the family may leave."""
    return await session.scalar(select(family.c.messages_stopped_at).where(family.c.id == family_id)) is not None


async def _is_booked(session: AsyncSession, contact_id: UUID, starts_at: datetime | None) -> bool:
    """Whether the appointment is still to come at that time."""
    booked = exists().where(
        contact.c.id == contact_id, contact.c.attendance.is_(None), contact.c.starts_at == starts_at
    )
    return bool(await session.scalar(select(booked)))


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
    told = exists().where(message_table.c.kind == MessageKind.APPOINTMENT_REMINDER, message_table.c.about == key)
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
