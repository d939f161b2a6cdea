"""Messages by e-mail: those that failed first, what waits, what left, and what was stopped."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.letters.web.forms.letter import VersionForm
from services.referral.people.commands.retry_message import RetryMessage, retry_message
from services.referral.people.domain.message import MessageKind, MessageState
from services.referral.staff.web.access import STAFF, status_of
from services.referral.staff.web.work import begin, settings_of
from services.referral.worklists.queries.message_list import MessageFilter, MessageLine, message_list
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal, RuleBroken
from shared.staff.address import address, code_of
from shared.web.csv_file import csv_download
from shared.web.forms import read_form
from shared.web.pages import render

router = APIRouter(prefix="/messages")

PATH = "/messages"
DONE = {"retried": "The message is tried again within a few seconds."}


@router.get("")
async def show_messages(
    request: Request,
    actor: Annotated[Actor, STAFF],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    return await _list(request, actor, page=page, done=done)


@router.get(".csv")
async def download_messages(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        messages = await message_list(work.session, actor, work.now, _chosen(request), page=None)
        work.record("message.export")
    return csv_download("messages.csv", _COLUMNS, [_row(line) for line in messages.rows])


@router.post("/{message_id}/retry")
async def retry(request: Request, message_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, VersionForm)
    try:
        if filled.form is None:
            raise RuleBroken("message_version", filled.errors[0].sentence)
        async with begin(request, actor) as work:
            await retry_message(RetryMessage(message_id, filled.form.version), work)
    except Refusal as refusal:
        return await _list(request, actor, status=status_of(refusal), refusal=refusal)
    return RedirectResponse(address(PATH, done="retried"), 303)


async def _list(
    request: Request,
    actor: Actor,
    *,
    page: int = 1,
    status: int = 200,
    done: str = "",
    refusal: Refusal | None = None,
) -> Response:
    chosen = _chosen(request)
    async with begin(request, actor) as work:
        messages = await message_list(work.session, actor, work.now, chosen, page=page)
        work.record("message.list")
    if page > 1 and not messages.rows:
        return RedirectResponse(_address(PATH, chosen), 303)
    return render(
        request,
        "worklists/messages.html",
        status=status,
        messages=messages,
        chosen=chosen,
        states=list(MessageState),
        kinds=list(MessageKind),
        has_server=bool(settings_of(request).smtp_url),
        page_address=partial(_address, PATH, chosen),
        csv_address=_address(f"{PATH}.csv", chosen),
        refusal=refusal,
        done=DONE.get(done),
    )


def _chosen(request: Request) -> MessageFilter:
    given = request.query_params
    state = code_of(MessageState, given.get("state", "")) or MessageState.FAILED
    return MessageFilter(state, code_of(MessageKind, given.get("kind", "")))


def _address(path: str, chosen: MessageFilter, page: int | None = None) -> str:
    state = None if chosen.state is MessageState.FAILED else chosen.state
    return address(path, state=state, kind=chosen.kind, page=page)


_COLUMNS = (
    "Message",
    "To",
    "State",
    "Why not",
    "Attempts",
    "Queued at (UTC)",
    "Next attempt at (UTC)",
    "Sent, failed or stopped at (UTC)",
)


def _row(line: MessageLine) -> tuple[str | int, ...]:
    waits = line.state is MessageState.WAITING
    return (
        line.kind.label,
        line.recipient,
        line.state.label,
        line.trouble.label if line.trouble else "",
        line.attempts,
        line.queued_at.isoformat(timespec="minutes"),
        line.next_attempt_at.isoformat(timespec="minutes") if waits else "",
        line.ended_at.isoformat(timespec="minutes") if line.ended_at else "",
    )
