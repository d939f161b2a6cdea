"""The letters of a family, or of a referral that did not become one: those written, and those still to write."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.letters.queries.letter_list import LetterLine, LetterState, letter_list, letters_to_write
from services.referral.letters.web.letter_place import Where, family_letters, letter_frame, referral_letters
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.staff.address import address, code_of
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()

DONE = {"discarded": "The draft is put aside."}
Page = Annotated[int, Query(ge=1, le=10_000)]


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


async def _list(request: Request, work: UnitOfWork, where: Where, page: int, done: str) -> Response:
    state, place = _state(request), where.place
    letters = await letter_list(work, place.referral.id, place.referral.family_id, state, page=page)
    is_silent = place.family is not None and place.family.messages_stopped_at is not None
    path = f"{where.root}/letters"
    if page > 1 and not letters.rows:
        return RedirectResponse(address(path, state=state), 303)
    return render(
        request,
        "letters/list.html",
        **letter_frame(where, where.root),
        letters=letters,
        to_write=await letters_to_write(work, place.referral, is_silent=is_silent),
        kinds=list(LetterKind),
        state=state,
        states=list(LetterState),
        page_address=partial(address, path, state=state),
        csv_address=address(f"{path}.csv", state=state),
        done=DONE.get(done),
    )


async def _csv(request: Request, work: UnitOfWork, where: Where) -> Response:
    referral = where.place.referral
    letters = await letter_list(work, referral.id, referral.family_id, _state(request), page=None)
    return csv_download("letters.csv", _COLUMNS, [_row(line) for line in letters.rows])


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
