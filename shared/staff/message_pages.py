"""The page of messages: those that failed first, why, and the button that tries one again.

A service's own template may extend `message-list.html`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from shared.contracts.vocabulary import Code
from shared.kernel.capability import Capability
from shared.staff.asking import capabilities_of
from shared.staff.column import Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.message import MessageState, RetryMessage
from shared.staff.message_list import MessageFilter, MessageLine
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Version


class RetryForm(Form):
    version: Version


@dataclass(frozen=True)
class FailedMessage:
    """A message that is to be tried again."""

    id: UUID


@dataclass(frozen=True, kw_only=True)
class MessagePages:
    """What a service says of its page of messages, at `/messages`."""

    may: Any
    """The permission, as a route declares it."""
    capability: Capability
    """What whoever tries one again holds."""
    kinds: type[Code]
    find: Callable[[UnitOfWork, MessageFilter], Listing[MessageLine]]
    retries: Callable[[RetryMessage, UnitOfWork], Awaitable[None]]
    """The service's command."""
    has_server: Callable[[Request], bool]
    """Whether anything leaves at all."""
    template: str = "message-list.html"

    async def found(self, asked: Asked[MessageFilter]) -> Listing[MessageLine]:
        return self.find(asked.work, asked.chosen)

    async def more(self, asked: Asked[MessageFilter]) -> dict[str, Any]:
        return {"has_server": self.has_server(asked.request)}


def add_message_pages(router: APIRouter, pages: MessagePages) -> None:
    """The list with its file, and what its button does."""
    add_list(
        router,
        ListPage(
            path="/messages",
            may=pages.may,
            reads="message.list",
            exports="message.export",
            filters=(
                Filter("state", MessageState, "State", usual=MessageState.FAILED, is_chips=True),
                Filter("kind", pages.kinds, "Message", every="All"),
            ),
            chosen=MessageFilter,
            find=pages.found,
            columns=lambda asked: _columns(asked, pages.capability),
            template=pages.template,
            more=pages.more,
            done={"retried": "The message is tried again within a few seconds."},
            file_name="messages.csv",
        ),
    )
    add_forms(
        router,
        FormPage(
            path="/messages/{message_id}/retry",
            stands_on="/messages",
            may=pages.may,
            capability=pages.capability,
            site=Site(_read),
            form=RetryForm,
            store=does(pages.retries, _says),
            to=lambda _: "/messages?done=retried",
        ),
    )


def _says(sent: Sent[FailedMessage, RetryForm, UnitOfWork]) -> RetryMessage:
    return RetryMessage(sent.place.id, sent.form.version)


async def _read(work: UnitOfWork, message_id: UUID) -> FailedMessage:  # noqa: ARG001 - the command reads it
    return FailedMessage(message_id)


def _columns(asked: Asked[MessageFilter], needed: Capability) -> Sequence[Column[MessageLine]]:
    state = asked.chosen.state
    may = capabilities_of(asked.request).holds(asked.work.actor.roles, needed)
    again: list[Column[MessageLine]] = (
        [Column("Try again", cell="again", place="do")] if may and state is MessageState.FAILED else []
    )
    return (
        Column("Message", lambda line: line.kind, cell="message", heads_row=True, place="who"),
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
