"""Which messages failed, wait, left or were stopped? Those that failed first of all; the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from services.referral.database.family_tables import person
from services.referral.database.letter_tables import message
from services.referral.people.domain.message import MessageKind, MessageState, Trouble
from services.referral.staff.database.record_access import may_see
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MessageFilter:
    state: MessageState = MessageState.FAILED
    kind: MessageKind | None = None


@dataclass(frozen=True)
class MessageLine:
    message_id: UUID
    version: int
    kind: MessageKind
    family_id: UUID | None
    recipient: str
    """Name of the person, or the address of somebody who is not on record; empty when it was forgotten."""
    state: MessageState
    trouble: Trouble | None
    attempts: int
    queued_at: datetime
    """UTC, as the other moments."""
    next_attempt_at: datetime
    ended_at: datetime | None
    """When it left, failed or was stopped."""


_STATES: dict[MessageState, ColumnElement[bool]] = {
    MessageState.FAILED: message.c.failed_at.is_not(None),
    MessageState.SENT: message.c.sent_at.is_not(None),
    MessageState.STOPPED: message.c.stopped_at.is_not(None),
    MessageState.WAITING: message.c.sent_at.is_(None) & message.c.failed_at.is_(None) & message.c.stopped_at.is_(None),
}


def message_list(work: UnitOfWork, chosen: MessageFilter) -> Listing[MessageLine]:
    """One statement; nobody is named of a family whose record the actor may not open."""
    shown = func.coalesce(person.c.name, message.c.address, "")
    recipient = case((may_see(message.c.family_id, work.actor, work.now), shown), else_=RESTRICTED)
    ended_at = func.coalesce(message.c.sent_at, message.c.failed_at, message.c.stopped_at)
    query = (
        select(message, recipient.label("recipient"), ended_at.label("ended_at"))
        .outerjoin(person, person.c.id == message.c.person_id)
        .where(_STATES[chosen.state])
        .order_by(func.coalesce(ended_at, message.c.queued_at).desc(), message.c.id.desc())
    )
    if chosen.kind is not None:
        query = query.where(message.c.kind == chosen.kind)
    return found_by(query, lambda row: read_row(MessageLine, row, message_id=row.id, state=chosen.state))
