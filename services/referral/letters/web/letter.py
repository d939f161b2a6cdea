"""One letter: read as it will leave, edited while it is a draft, issued, printed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.letters.commands.discard_letter import DiscardLetter, discard_letter
from services.referral.letters.commands.edit_letter import EditLetter, edit_letter
from services.referral.letters.commands.issue_letter import IssueLetter, issue_letter
from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.letter_kind import Audience
from services.referral.letters.domain.written_letter import WrittenLetter
from services.referral.letters.web.forms.letter import (
    IssueForm,
    LetterForm,
    ProfessionalLetterForm,
    Telling,
    VersionForm,
)
from services.referral.letters.web.letter_pdf import letter_pdf
from services.referral.letters.web.letter_place import Where, referral_letters, render_letters, shown
from services.referral.letters.web.letter_words import about_lines
from services.referral.people.commands.queue_message import QueueMessage, ToAddress, ToPerson, queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import letter_words
from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/letters")

DONE = {
    "written": "The draft is stored. Read it, fill in what is missing, and issue it.",
    "edited": "The words are stored.",
    "issued": "The letter is issued. Print it, or download it as PDF.",
}
Edited = Filled[LetterForm | ProfessionalLetterForm]
Read = tuple[WrittenLetter, Where]


@router.get("/{letter_id}.pdf")
async def download_pdf(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor, action="letter.export")
    made = await letter_pdf(shown(request, letter, where.place.referral.reference))
    name = f"letter-{letter.issue_of.number}.pdf" if letter.issue_of else "letter-draft.pdf"
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@router.get("/{letter_id}.html")
async def print_page(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor, action="letter.export")
    page = shown(request, letter, where.place.referral.reference)
    return render(request, "letters/letter.html", letter=page, about=about_lines(page.letterhead))


@router.get("/{letter_id}")
async def show_letter(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    return await _page(request, actor, await _read(request, letter_id, actor), done=done)


@router.get("/{letter_id}/edit")
async def ask(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor)
    if not letter.is_draft:
        return RedirectResponse(f"/letters/{letter_id}", 303)
    return _edit_page(request, letter, where, blank(_form_of(letter), _known(letter)))


@router.post("/{letter_id}/edit")
async def edit(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor)
    filled = await read_form(request, _form_of(letter))
    if (form := filled.form) is None:
        return _edit_page(request, letter, where, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await edit_letter(EditLetter(letter_id, form.version, form.text, form.addressed), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        if isinstance(refusal, Conflict):
            return _conflict(request, letter, where, refusal, form.text)
        return _edit_page(request, letter, where, filled.refused(refusal), status=status)
    return RedirectResponse(f"/letters/{letter_id}?done=edited", 303)


@router.post("/{letter_id}/issue")
async def issue(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor)
    filled = await read_form(request, IssueForm)
    if (form := filled.form) is None:
        return await _page(request, actor, (letter, where), filled=filled, status=422)
    try:
        async with begin(request, actor) as work:
            await issue_letter(IssueLetter(letter_id, form.version), work)
            if Telling.EMAIL in form.telling:
                await _tell(letter, where, work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        read = await _read(request, letter_id, actor)
        return await _page(request, actor, read, filled=filled.refused(refusal), status=status)
    return RedirectResponse(f"/letters/{letter_id}?done=issued", 303)


@router.post("/{letter_id}/discard")
async def discard(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    letter, where = await _read(request, letter_id, actor)
    filled = await read_form(request, VersionForm)
    if (form := filled.form) is None:
        return await _page(request, actor, (letter, where), filled=filled, status=422)
    try:
        async with begin(request, actor) as work:
            await discard_letter(DiscardLetter(letter_id, form.version), work)
    except Refusal as refusal:
        status = status_of(refusal)
        read = await _read(request, letter_id, actor)
        return await _page(request, actor, read, filled=filled.refused(refusal), status=status)
    return RedirectResponse(f"{where.root}/letters?done=discarded", 303)


async def _read(request: Request, letter_id: UUID, actor: Actor, *, action: str = "letter.read") -> Read:
    async with begin(request, actor) as work:
        letter = await Letters(work).get(letter_id)
        return letter, await referral_letters(work, letter.referral_id, action)


async def _tell(letter: WrittenLetter, where: Where, work: TeamWork) -> None:
    to = _mailbox(letter, where)
    if to is not None:
        words = letter_words(work.team.phone)
        await queue_message(QueueMessage(MessageKind.LETTER_READY, to, str(letter.id), words), work)


def _mailbox(letter: WrittenLetter, where: Where) -> ToPerson | ToAddress | None:
    """Where an e-mail about the letter could go; None when nobody knows of one."""
    family = where.place.family
    if letter.recipient_id is not None:
        return ToPerson(family.id, letter.recipient_id) if family else None
    email = where.place.referral.request.referrer.email
    if letter.kind.audience is Audience.REFERRER and email:
        return ToAddress(email, family.id if family else None)
    return None


async def _page(
    request: Request,
    actor: Actor,
    read: Read,
    *,
    filled: Filled[IssueForm] | Filled[VersionForm] | None = None,
    status: int = 200,
    done: str = "",
) -> Response:
    letter, where = read
    page = shown(request, letter, where.place.referral.reference)
    async with begin(request, actor) as work:
        issued_by = await Colleagues(work.session).name(letter.issue_of.by) if letter.issue_of else None
    return render_letters(
        request,
        where,
        "letters/show.html",
        status=status,
        written=letter,
        letter=page,
        about=about_lines(page.letterhead),
        is_address_hidden=_is_address_hidden(letter, where),
        tellings=list(Telling) if _mailbox(letter, where) else [],
        filled=filled or blank(IssueForm, {"version": str(letter.version)}),
        issued_by=issued_by,
        done=DONE.get(done),
    )


def _is_address_hidden(letter: WrittenLetter, where: Where) -> bool:
    recipients = where.place.recipients(letter.kind.audience)
    return any(one.is_address_hidden for one in recipients if one.person_id == letter.recipient_id)


def _form_of(letter: WrittenLetter) -> type[LetterForm | ProfessionalLetterForm]:
    return LetterForm if letter.kind.audience is Audience.FAMILY else ProfessionalLetterForm


def _known(letter: WrittenLetter) -> dict[str, str | list[str]]:
    words: dict[str, str | list[str]] = {"version": str(letter.version), "text": letter.text}
    if letter.kind.audience is not Audience.FAMILY:
        words |= {"name": letter.recipient.name, "address": "\n".join(letter.recipient.address)}
    return words


def _edit_page(request: Request, letter: WrittenLetter, where: Where, filled: Edited, *, status: int = 200) -> Response:
    return render_letters(
        request,
        where,
        "letters/edit.html",
        status=status,
        written=letter,
        is_for_family=letter.kind.audience is Audience.FAMILY,
        filled=filled,
        back=f"/letters/{letter.id}",
    )


def _conflict(request: Request, letter: WrittenLetter, where: Where, refusal: Refusal, entered: str) -> Response:
    return render_letters(
        request,
        where,
        "letters/conflict.html",
        status=409,
        written=letter,
        refusal=refusal,
        entered=entered,
        back=f"/letters/{letter.id}",
    )
