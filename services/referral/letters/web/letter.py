"""One letter: read as it will leave, edited while it is a draft, issued, printed."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.letters.commands.discard_letter import DiscardLetter, discard_letter
from services.referral.letters.commands.edit_letter import EditLetter, edit_letter
from services.referral.letters.commands.issue_letter import IssueLetter, issue_letter
from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.letter import Letter
from services.referral.letters.domain.letter_kind import Audience
from services.referral.letters.domain.letter_recipient import PossibleRecipient
from services.referral.letters.domain.written_letter import WrittenLetter, issuing_needs
from services.referral.letters.web.forms.letter import (
    IssueForm,
    LetterForm,
    ProfessionalLetterForm,
    Telling,
    VersionForm,
)
from services.referral.letters.web.letter_pdf import letter_pdf
from services.referral.letters.web.letter_place import Where, letter_frame, referral_letters, shown
from services.referral.letters.web.letter_words import about_lines
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import letter_words
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import Actor
from shared.staff.answer_words import Values, Words
from shared.staff.colleagues import Colleagues
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.message import QueueMessage, ToAddress, ToPerson
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/letters")

DONE = {
    "written": "Saved",
    "edited": "Saved",
    "issued": "Finished and locked. Print it, or download it as PDF.",
}
_Words = LetterForm | ProfessionalLetterForm


@dataclass(frozen=True)
class LetterView:
    """A letter, as it is written and as it will leave."""

    letter: WrittenLetter
    where: Where
    page: Letter
    issued_by: str | None
    may_issue: bool

    @property
    def address(self) -> str:
        return f"/letters/{self.letter.id}"

    @property
    def is_for_family(self) -> bool:
        return self.letter.kind.audience is Audience.FAMILY

    @property
    def mailbox(self) -> ToPerson | ToAddress | None:
        """Where an email about the letter could go; None when nobody knows of one."""
        letter, place = self.letter, self.where.place
        if letter.recipient_id is not None:
            return ToPerson(place.family.id, letter.recipient_id) if place.family else None
        email = place.referral.request.referrer.email
        if letter.kind.audience is Audience.REFERRER and email:
            return ToAddress(email, place.family.id if place.family else None)
        return None

    @property
    def recipient(self) -> PossibleRecipient | None:
        """Whom it is to, as the record has them now; None when they are not on it."""
        recipients = self.where.place.recipients(self.letter.kind.audience)
        return next((one for one in recipients if one.person_id == self.letter.recipient_id), None)


async def _view(work: UnitOfWork, request: Request, letter_id: UUID, action: str) -> LetterView:
    letter = await Letters(work).get(letter_id)
    where = await referral_letters(work, letter.referral_id, action)
    page = shown(request, letter, where.place.referral.reference)
    issued_by = await Colleagues(work.session).name(letter.issue_of.by) if letter.issue_of else None
    may_issue = CAPABILITIES.holds(work.actor.roles, issuing_needs(letter.kind))
    return LetterView(letter, where, page, issued_by, may_issue)


async def _read(work: UnitOfWork, request: Request, letter_id: UUID) -> LetterView:
    return await _view(work, request, letter_id, "letter.read")


def _known(place: LetterView) -> Values:
    letter = place.letter
    addressed = {"name": letter.recipient.name, "address": "\n".join(letter.recipient.address)}
    return {"version": letter.version, "text": letter.text} | ({} if place.is_for_family else addressed)


def _words(place: LetterView) -> Words:
    return [("The letter", place.letter.text)]


def _shown(place: LetterView) -> dict[str, Any]:
    return {
        "written": place.letter,
        "letter": place.page,
        "about": about_lines(place.page.letterhead),
        "to": place.recipient,
        "is_for_family": place.is_for_family,
        "tellings": list(Telling) if place.mailbox else [],
        "issued_by": place.issued_by,
        "may_issue": place.may_issue,
        "issuing": ISSUE.blank(place),
    }


async def _edit(sent: Sent[LetterView, _Words]) -> None:
    form = sent.form
    await edit_letter(EditLetter(sent.place.letter.id, form.version, form.text, form.addressed), sent.work)


async def _issue(sent: Sent[LetterView, IssueForm, TeamWork]) -> None:
    letter, to = sent.place.letter, sent.place.mailbox
    await issue_letter(IssueLetter(letter.id, sent.form.version), sent.work)
    if Telling.EMAIL in sent.form.telling and to is not None:
        words = letter_words(sent.work.team.phone)
        await queue_message(QueueMessage(MessageKind.LETTER_READY, to, str(letter.id), words), sent.work)


async def _discard(sent: Sent[LetterView, VersionForm]) -> str:
    await discard_letter(DiscardLetter(sent.place.letter.id, sent.form.version), sent.work)
    return f"{sent.place.where.root}/letters?done=discarded"


SITE = Site(_read, lambda place: letter_frame(place.where))
_TEMPLATE = "letters/show.html"

EDIT = FormPage(
    path="/{letter_id}/edit",
    title="Edit a letter",
    may=STAFF,
    capability=RECORD,
    site=Site(_read, lambda place: letter_frame(place.where, place.address)),
    elsewhere=lambda place: None if place.letter.is_draft else place.address,
    form=LetterForm,
    form_at=lambda place: LetterForm if place.is_for_family else ProfessionalLetterForm,
    suggested=_known,
    store=_edit,
    to=lambda place: f"{place.address}?done=edited",
    template="letters/edit.html",
    shows=lambda place: {"written": place.letter, "is_for_family": place.is_for_family},
    stored=_words,
    entered=lambda form, _: [("The letter", form.text)],
)
ISSUE = FormPage(
    path="/{letter_id}/issue",
    stands_on="/{letter_id}",
    may=STAFF,
    capability=lambda place: issuing_needs(place.letter.kind),
    site=SITE,
    form=IssueForm,
    suggested=lambda place: {"version": place.letter.version},
    store=_issue,
    to=lambda place: f"{place.address}?done=issued",
    template=_TEMPLATE,
    shows=_shown,
    called="issuing",
    stored=_words,
)
DISCARD = FormPage(
    path="/{letter_id}/discard",
    stands_on="/{letter_id}",
    may=STAFF,
    capability=RECORD,
    site=SITE,
    form=VersionForm,
    store=_discard,
    template=_TEMPLATE,
    shows=_shown,
    called="discarding",
    stored=_words,
)


@router.get("/{letter_id}.pdf")
async def download_pdf(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        place = await _view(work, request, letter_id, "letter.export")
    made, issue = await letter_pdf(place.page), place.letter.issue_of
    name = f"letter-{issue.number}.pdf" if issue else "letter-draft.pdf"
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@router.get("/{letter_id}.html")
async def print_page(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        page = (await _view(work, request, letter_id, "letter.export")).page
    return render(request, "letters/letter.html", letter=page, about=about_lines(page.letterhead))


@router.get("/{letter_id}")
async def show_letter(request: Request, letter_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        place = await _read(work, request, letter_id)
    return render(request, _TEMPLATE, **SITE.frame(place), **_shown(place), done=DONE.get(done))


add_forms(router, EDIT, ISSUE, DISCARD)
