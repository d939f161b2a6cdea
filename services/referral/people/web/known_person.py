"""Add somebody who is on record already: found by NHS number or by exactly the same name and date of birth.

A person may be a baby in one family and a parent in another. Nothing is picked by a name alone (reference 8.1, H1).
"""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.people.commands.add_known_person import AddKnownPerson, add_known_person
from services.referral.people.domain.person import Person, shown_name
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.matching_people import matching_people
from services.referral.people.web.family_page import read_family, render_family
from services.referral.people.web.forms.person import KnownPersonForm
from services.referral.people.web.people_screen import Choice
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.kernel.errors import Refusal
from shared.kernel.nhs_number import spaced
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")


@router.get("/{family_id}/people/add-known")
async def show_known(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "people.read")
    return _page(request, banner, blank(KnownPersonForm))


@router.post("/{family_id}/people/add-known")
async def add_known(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, KnownPersonForm)
    form = filled.form
    found: Sequence[Person] = ()
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "person.search")
        if form is not None:
            found = await matching_people(work, form.nhs_number, form.name, form.born_on)
    chosen = None if form is None else next((one.id for one in found if one.id == form.person_id), None)
    if form is None or chosen is None:
        return _page(request, banner, filled, found, status=422 if form is None else 200)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "people.read")
            await add_known_person(AddKnownPerson(family_id, chosen, form.kind, form.relationship), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return _page(request, banner, filled.refused(refusal), found, status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/people?done=known", 303)


def _page(
    request: Request,
    banner: FamilyBanner,
    filled: Filled[KnownPersonForm],
    found: Sequence[Person] = (),
    *,
    status: int = 200,
) -> Response:
    more: dict[str, Any] = {
        "found": [Choice(str(one.id), _words(one)) for one in found],
        "searched": filled.form is not None,
        "kinds": _codes("kind"),
        "relationships": _codes("relationship"),
    }
    back = f"/families/{banner.family_id}/people"
    return render_family(
        request, banner, "people/people-known.html", section="people", status=status, back=back, filled=filled, **more
    )


def _codes(field: str) -> list[Code]:
    question: Any = KnownPersonForm.questions()[field]
    return list(question.of)


def _words(person: Person) -> str:
    """Enough to tell two people of one name apart; no address, which may be one that nobody must learn."""
    parts = [shown_name(person.name, person.born_on, person.birth_order)]
    parts += [f"born {date_words(person.born_on)}"] if person.born_on else []
    parts += [f"NHS number {spaced(person.nhs_number)}"] if person.nhs_number else ["no NHS number"]
    return ", ".join(parts)
