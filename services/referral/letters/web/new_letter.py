"""A letter that is begun: which one, and to whom; for a family, or for a referral that did not become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.letters.commands.write_letter import WriteLetter, write_letter
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.letters.domain.written_letter import kinds_for
from services.referral.letters.queries.letter_list import letter_of_day
from services.referral.letters.web.forms.letter import ProfessionalForm, RecipientForm
from services.referral.letters.web.letter_place import Where, family_letters, letter_frame, referral_letters
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.staff.address import code_of
from shared.staff.answer_words import Words
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter()

_AnyRecipient = RecipientForm | ProfessionalForm


@dataclass(frozen=True)
class NewLetter:
    """Where a letter is begun."""

    where: Where
    kind: LetterKind | None
    """None: nobody chose it yet."""

    @property
    def audience(self) -> Audience:
        return self.kind.audience if self.kind else Audience.FAMILY


async def _of_family(work: UnitOfWork, family_id: UUID, kind: str = "") -> NewLetter:
    return _begun(await family_letters(work, family_id, "letter.list"), kind)


async def _of_referral(work: UnitOfWork, referral_id: UUID, kind: str = "") -> NewLetter:
    return _begun(await referral_letters(work, referral_id, "letter.list"), kind)


def _begun(where: Where, kind: str) -> NewLetter:
    chosen = code_of(LetterKind, kind)
    return NewLetter(where, chosen if chosen in _kinds(where) else None)


def _kinds(where: Where) -> Sequence[LetterKind]:
    return kinds_for(is_self=where.place.referral.request.is_self)


def _form_of(place: NewLetter) -> type[_AnyRecipient]:
    return RecipientForm if place.audience is Audience.FAMILY else ProfessionalForm


def _suggested(place: NewLetter) -> dict[str, Any]:
    """Chosen already when there is nobody else."""
    recipients = [one for one in place.where.place.recipients(place.audience) if not one.is_barred]
    return {"recipient": recipients[0].key} if len(recipients) == 1 else {}


def _choosing(place: NewLetter) -> str | None:
    return None if place.kind else f"{place.where.root}/letters/choose"


async def _write(sent: Sent[NewLetter, _AnyRecipient, TeamWork]) -> str:
    where, kind = sent.place.where, sent.place.kind
    if kind is None:
        return f"{where.root}/letters/choose"
    command = WriteLetter(sent.intention, where.place.referral.id, kind, sent.form.recipient, sent.form.addressed)
    await write_letter(command, sent.work)
    return f"/letters/{sent.intention}?done=written"


async def _alike(sent: Sent[NewLetter, _AnyRecipient, TeamWork]) -> Words:
    """Of the same kind to the same recipient, begun today."""
    place, kind, form = sent.place.where.place, sent.place.kind, sent.form
    known = {one.key: one.recipient.name for one in place.recipients(sent.place.audience)}
    name = form.addressed.name if form.addressed else known.get(form.recipient, "")
    if kind is None or (at := await letter_of_day(sent.work, place.referral.id, kind, name)) is None:
        return []
    return [("Letter", kind.label), ("To", name), ("Begun", moment_words(at))]


def _page(path: str, site: Site[NewLetter]) -> FormPage[NewLetter, _AnyRecipient, TeamWork]:
    return FormPage(
        path=path,
        title="Write a letter",
        may=STAFF,
        capability=RECORD,
        site=site,
        form=ProfessionalForm,
        form_at=_form_of,
        suggested=_suggested,
        elsewhere=_choosing,
        store=_write,
        alike=_alike,
        template="letters/new.html",
        shows=lambda place: {
            "kind": place.kind,
            "is_for_family": place.audience is Audience.FAMILY,
            "recipients": place.where.place.recipients(place.audience),
        },
    )


WRITE_TO_FAMILY = _page("/families/{family_id}/letters/new", Site(_of_family, lambda place: letter_frame(place.where)))
WRITE_OF_REFERRAL = _page(
    "/referrals/{referral_id}/letters/new", Site(_of_referral, lambda place: letter_frame(place.where))
)

add_forms(router, WRITE_TO_FAMILY, WRITE_OF_REFERRAL)


@router.get("/families/{family_id}/letters/choose")
async def choose_for_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        where = await family_letters(work, family_id, "letter.list")
    return render(request, "letters/choose.html", **letter_frame(where), kinds=_kinds(where))


@router.get("/referrals/{referral_id}/letters/choose")
async def choose_for_referral(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        where = await referral_letters(work, referral_id, "letter.list")
    return render(request, "letters/choose.html", **letter_frame(where), kinds=_kinds(where))
