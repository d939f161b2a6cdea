"""The letters of a family, or of a referral that did not become one: those written, and those still to write."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.letters.commands.write_letter import WriteLetter, write_letter
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.letters.queries.letter_list import LetterLine, LetterState, letter_list, letters_to_write
from services.referral.letters.web.forms.letter import ProfessionalForm, RecipientForm
from services.referral.letters.web.letter_place import (
    Where,
    family_letters,
    referral_letters,
    render_letters,
)
from services.referral.staff.web.access import STAFF, address, code_of, remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form

router = APIRouter()

DONE = {"discarded": "The draft is put aside."}
Page = Annotated[int, Query(ge=1, le=10_000)]
AnyRecipient = Filled[RecipientForm | ProfessionalForm]


@router.get("/families/{family_id}/letters")
async def show_family_letters(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], page: Page = 1, done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        return await _list(request, work, await family_letters(work, family_id, "letter.list"), page, done)


@router.get("/referrals/{referral_id}/letters")
async def show_referral_letters(
    request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF], page: Page = 1, done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        return await _list(request, work, await referral_letters(work, referral_id, "letter.list"), page, done)


@router.get("/families/{family_id}/letters.csv")
async def download_family_letters(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        return await _csv(request, work, await family_letters(work, family_id, "letter.export"))


@router.get("/referrals/{referral_id}/letters.csv")
async def download_referral_letters(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        return await _csv(request, work, await referral_letters(work, referral_id, "letter.export"))


@router.get("/families/{family_id}/letters/new")
async def ask_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], kind: str = "") -> Response:
    async with begin(request, actor) as work:
        return _ask(request, await family_letters(work, family_id, "letter.list"), code_of(LetterKind, kind))


@router.get("/referrals/{referral_id}/letters/new")
async def ask_referral(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF], kind: str = "") -> Response:
    async with begin(request, actor) as work:
        return _ask(request, await referral_letters(work, referral_id, "letter.list"), code_of(LetterKind, kind))


@router.post("/families/{family_id}/letters/new")
async def write_for_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], kind: str) -> Response:
    async with begin(request, actor) as work:
        where = await family_letters(work, family_id, "letter.list")
    return await _write(request, actor, where, kind)


@router.post("/referrals/{referral_id}/letters/new")
async def write_for_referral(
    request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF], kind: str
) -> Response:
    async with begin(request, actor) as work:
        where = await referral_letters(work, referral_id, "letter.list")
    return await _write(request, actor, where, kind)


async def _list(request: Request, work: UnitOfWork, where: Where, page: int, done: str) -> Response:
    state, place = _state(request), where.place
    letters = await letter_list(work, place.referral.id, place.referral.family_id, state, page=page)
    is_silent = place.family is not None and place.family.messages_stopped_at is not None
    path = f"{where.root}/letters"
    if page > 1 and not letters.rows:
        return RedirectResponse(address(path, state=state), 303)
    return render_letters(
        request,
        where,
        "letters/list.html",
        letters=letters,
        to_write=await letters_to_write(work, place.referral, is_silent=is_silent),
        kinds=list(LetterKind),
        state=state,
        states=list(LetterState),
        page_address=partial(address, path, state=state),
        csv_address=address(f"{path}.csv", state=state),
        done=DONE.get(done),
        back=where.root,
    )


async def _csv(request: Request, work: UnitOfWork, where: Where) -> Response:
    referral = where.place.referral
    letters = await letter_list(work, referral.id, referral.family_id, _state(request), page=None)
    return csv_download("letters.csv", _COLUMNS, [_row(line) for line in letters.rows])


def _ask(request: Request, where: Where, kind: LetterKind | None, filled: AnyRecipient | None = None) -> Response:
    if kind is None:
        return render_letters(request, where, "letters/choose.html", kinds=list(LetterKind))
    if filled is None:
        known = {"letter_id": str(new_id()), "recipient": _first(where, kind)}
        filled = blank(_form_of(kind), known)
    return render_letters(
        request,
        where,
        "letters/new.html",
        status=422 if filled.errors else 200,
        kind=kind,
        is_for_family=kind.audience is Audience.FAMILY,
        recipients=where.place.recipients(kind.audience),
        filled=filled,
    )


async def _write(request: Request, actor: Actor, where: Where, text: str) -> Response:
    kind = code_of(LetterKind, text)
    if kind is None:
        return _ask(request, where, None)
    filled = await read_form(request, _form_of(kind))
    if (form := filled.form) is None:
        return _ask(request, where, kind, filled)
    command = WriteLetter(form.letter_id, where.place.referral.id, kind, form.recipient, form.addressed)
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            await write_letter(command, work)
    except Refusal as refusal:
        status_of(refusal)
        return _ask(request, where, kind, filled.refused(refusal))
    return RedirectResponse(f"/letters/{form.letter_id}?done=written", 303)


def _form_of(kind: LetterKind) -> type[RecipientForm | ProfessionalForm]:
    return RecipientForm if kind.audience is Audience.FAMILY else ProfessionalForm


def _first(where: Where, kind: LetterKind) -> str:
    """Chosen already when there is nobody else."""
    recipients = where.place.recipients(kind.audience)
    return recipients[0].key if len(recipients) == 1 else ""


def _state(request: Request) -> LetterState | None:
    return code_of(LetterState, request.query_params.get("state", ""))


_COLUMNS = ("Letter", "To", "State", "Number", "Written at (UTC)", "Written by", "Issued at (UTC)", "Issued by")


def _row(line: LetterLine) -> tuple[str, ...]:
    return (
        line.kind.label,
        line.recipient_name,
        line.state.label,
        line.reference,
        line.written_at.isoformat(timespec="minutes"),
        line.written_by_name or "",
        line.issued_at.isoformat(timespec="minutes") if line.issued_at else "",
        line.issued_by_name or "",
    )
