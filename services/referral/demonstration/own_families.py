"""The families that the living part of a demonstration made itself, and that nobody has opened since.

Their referrals are known by a key that no form makes; who opened a record is in the audit trail.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, any_, exists, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode, referral
from services.referral.demonstration.family_so_far import FamilySoFar, Passed
from services.referral.demonstration.team import PRACTITIONERS
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral_request import ReferralRequest
from shared.audit.tables import audit
from shared.kernel.actor import system
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork

_OWN, _RANDOM = b"living", 10
_FIRST, _LAST = (UUID(bytes=_OWN + end * _RANDOM) for end in (b"\x00", b"\xff"))
_OPENED = ("%.read", "%.compare", "%.export", "%.search")
_LASTS = timedelta(hours=1)
"""An appointment is over after that."""


@dataclass(frozen=True)
class OwnFamily:
    key: UUID
    received_at: datetime
    request: ReferralRequest
    episode: UUID | None
    """None: nobody has decided yet."""
    so_far: FamilySoFar
    attended: int = 0
    is_booked: bool = False
    """Something is still to come."""
    first_contact_on: date | None = None
    last_contact_on: date | None = None


def new_key(chance: random.Random) -> UUID:
    """Of a referral that the living part makes."""
    return UUID(bytes=_OWN + chance.randbytes(_RANDOM))


async def own_families(session: AsyncSession, now: datetime) -> list[OwnFamily]:
    """Those with whom something is still to be done."""
    joined = referral.outerjoin(episode, episode.c.referral_id == referral.c.id)
    is_closed = referral.c.decided_on.is_not(None) & episode.c.id.is_(None)
    columns = (referral.c.id, referral.c.idempotency_key, referral.c.received_at, episode)
    query = select(*(one.label(f"referral_{one.name}") for one in columns[:3]), episode).select_from(joined)
    mine = referral.c.idempotency_key.between(_FIRST, _LAST)
    rows = (
        await session.execute(query.where(mine, ~is_closed, episode.c.ended_on.is_(None), ~_is_opened()))
    ).mappings()
    return [await _family(session, row, now) for row in rows.all()]


async def taken(session: AsyncSession) -> frozenset[str]:
    """Telephone numbers and postcodes that a referral names."""
    columns = (
        referral.c.caregiver_phone,
        referral.c.other_caregiver_phone,
        referral.c.referrer_phone,
        referral.c.postcode,
    )
    rows = await session.execute(select(*columns))
    return frozenset(one for row in rows for one in row if one)


def _is_opened() -> ColumnElement[bool]:
    whose = or_(audit.c.subject == referral.c.id, audit.c.subject == referral.c.family_id)
    return exists().where(and_(whose, audit.c.action.like(any_(array(_OPENED)))))


async def _family(session: AsyncSession, row: RowMapping, now: datetime) -> OwnFamily:
    stored = await Referrals(UnitOfWork(session, system(), now)).get(row["referral_id"])
    so_far = FamilySoFar(row["referral_id"], row["id"], row["family_id"], _lead(row["lead_id"]))
    so_far.passed = await _passed(session, row["id"], now) if row["id"] else None
    return OwnFamily(
        row["referral_idempotency_key"],
        row["referral_received_at"],
        stored.request,
        row["id"],
        so_far,
        row["contacts_attended"] or 0,
        row["next_contact_at"] is not None,
        row["first_contact_on"],
        row["last_contact_on"],
    )


def _lead(lead_id: UUID | None) -> int | None:
    """The place of whoever leads the work among the invented practitioners; someone else counts as the first."""
    if lead_id is None:
        return None
    return next((number for number, one in enumerate(PRACTITIONERS) if one.id == lead_id), 0)


async def _passed(session: AsyncSession, episode_id: UUID, now: datetime) -> Passed | None:
    """The first appointment of which nobody has said what happened."""
    query = select(contact).where(contact.c.episode_id == episode_id, contact.c.attendance.is_(None))
    found = await session.execute(
        query.where(contact.c.starts_at < now - _LASTS).order_by(contact.c.starts_at).limit(1)
    )
    row = found.one_or_none()
    return None if row is None else Passed(row.id, row.version, london_date(row.starts_at))
