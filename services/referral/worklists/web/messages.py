"""Messages by e-mail: those that failed first, what waits, what left, and what was stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.referral.letters.web.forms.letter import VersionForm
from services.referral.people.commands.retry_message import RetryMessage, retry_message
from services.referral.people.domain.message import MessageKind, MessageState
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import settings_of
from services.referral.worklists.queries.message_list import MessageFilter, MessageLine, message_list
from shared.staff.column import Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork

router = APIRouter()


async def _find(asked: Asked[MessageFilter]) -> Listing[MessageLine]:
    return message_list(asked.work, asked.chosen)


async def _more(asked: Asked[MessageFilter]) -> dict[str, Any]:
    return {"has_server": bool(settings_of(asked.request).smtp_url)}


def _columns(asked: Asked[MessageFilter]) -> Sequence[Column[MessageLine]]:
    state = asked.chosen.state
    again: list[Column[MessageLine]] = [Column("Try again", cell="again")] if state is MessageState.FAILED else []
    return (
        Column("Message", lambda line: line.kind, cell="message"),
        Column("To", lambda line: line.recipient, cell="recipient"),
        Column(state.label, cell="state"),
        *again,
        Column("State", lambda line: line.state),
        Column("Why not", lambda line: line.trouble),
        Column("Attempts", lambda line: line.attempts),
        Column("Queued at (UTC)", lambda line: line.queued_at),
        Column("Next attempt at (UTC)", lambda line: line.next_attempt_at if state is MessageState.WAITING else None),
        Column("Sent, failed or stopped at (UTC)", lambda line: line.ended_at),
    )


MESSAGES = ListPage(
    path="/messages",
    may=STAFF,
    reads="message.list",
    exports="message.export",
    filters=(
        Filter("state", MessageState, "State", usual=MessageState.FAILED),
        Filter("kind", MessageKind, "Message", every="All"),
    ),
    chosen=MessageFilter,
    find=_find,
    columns=_columns,
    template="worklists/messages.html",
    more=_more,
    done={"retried": "The message is tried again within a few seconds."},
    file_name="messages.csv",
)
add_list(router, MESSAGES)


@dataclass(frozen=True)
class FailedMessage:
    """A message that is to be tried again."""

    id: UUID


async def _read(work: UnitOfWork, message_id: UUID) -> FailedMessage:  # noqa: ARG001 - the command reads it
    return FailedMessage(message_id)


RETRY = FormPage(
    path="/messages/{message_id}/retry",
    stands_on="/messages",
    may=STAFF,
    capability=RECORD,
    site=Site(_read),
    form=VersionForm,
    store=does(retry_message, lambda sent: RetryMessage(sent.place.id, sent.form.version)),
    to=lambda _: "/messages?done=retried",
)
add_forms(router, RETRY)
