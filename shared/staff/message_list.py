"""Which messages failed, wait, left or were stopped? The newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.message import MessageState, Trouble
from shared.staff.messages import MessagesAbout


@dataclass(frozen=True)
class MessageFilter:
    state: MessageState = MessageState.FAILED
    kind: Code | None = None


@dataclass(frozen=True)
class MessageLine:
    message_id: UUID
    version: int
    kind: Code
    subject_id: UUID | None
    recipient: str
    """Name of the person, or the address of someone who is not on record; empty when it was forgotten."""
    state: MessageState
    trouble: Trouble | None
    attempts: int
    queued_at: datetime
    """UTC, as the other moments."""
    next_attempt_at: datetime
    ended_at: datetime | None
    """When it left, failed or was stopped."""


def find_messages(
    messages: type[MessagesAbout[Any]],
    chosen: MessageFilter,
    recipient: ColumnElement[str],
    join: Callable[[Select[Any]], Select[Any]],
) -> Listing[MessageLine]:
    """In one statement.

    Args:
        recipient: what a line says of whom it is to, of the table and what `join` joins; nobody is named in it whose
            record the reader may not open.
    """
    table = messages.table.c
    ended_at = func.coalesce(table.sent_at, table.failed_at, table.stopped_at)
    query = (
        join(select(messages.table, recipient.label("recipient"), ended_at.label("ended_at")))
        .where(_is(chosen.state, messages))
        .order_by(func.coalesce(ended_at, table.queued_at).desc(), table.id.desc())
    )
    if chosen.kind is not None:
        query = query.where(table.kind == chosen.kind)

    def line(row: Any) -> MessageLine:
        subject_id = getattr(row, messages.subject)
        kind = messages.kinds(row.kind)
        return read_row(MessageLine, row, message_id=row.id, kind=kind, subject_id=subject_id, state=chosen.state)

    return found_by(query, line)


def _is(state: MessageState, messages: type[MessagesAbout[Any]]) -> ColumnElement[bool]:
    table = messages.table.c
    ends = {
        MessageState.FAILED: table.failed_at,
        MessageState.SENT: table.sent_at,
        MessageState.STOPPED: table.stopped_at,
    }
    return ends[state].is_not(None) if state in ends else and_(*(end.is_(None) for end in ends.values()))
