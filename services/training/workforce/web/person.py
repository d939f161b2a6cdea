"""One person of the register, and what can change about them."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE, LEAD_RECORDS
from services.training.staff.web.access import STAFF
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.commands.add_person import AddPerson, add_person
from services.training.workforce.commands.change_person import ChangePerson, change_person
from services.training.workforce.queries.organisations_offered import organisations_offered
from services.training.workforce.queries.person_record import PersonRecord, accounts_offered, person_record
from services.training.workforce.queries.similar_people import people_of_name
from services.training.workforce.web.forms.person import ChangePersonForm, LeaveForm, PersonForm
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask, Offered, Words
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen, Zone
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/people")

WHO = Zone("Who", ("given_name", "family_name", "email", "is_shared_email"))
WHERE = Zone("Where they work", ("organisation", "profession", "staff_number", "from_on"))
ASKS = {
    "given_name": Ask("First name"),
    "family_name": Ask("Last name"),
    "email": Ask("Email"),
    "is_shared_email": Ask(
        "Do others read this email?", "A team’s or a nursery’s address: personal links do not go there"
    ),
    "organisation": Ask("Organisation", is_select=True),
    "profession": Ask("Profession", is_select=True),
    "staff_number": Ask("Staff number", "As their organisation writes it"),
    "from_on": Ask("Since when", "Leave it empty if you do not know"),
    "colleague": Ask("Account of this team", "If they sign in with this team", is_select=True),
}
DONE = {
    "added": "Saved",
    "change": "Saved",
    "leave": "Saved",
    "moved": "Saved",
    "ended": "Saved",
    "brought": "What they learned there counts here now",
    "joined": "The two records are one now",
    "undone": "They are two people again",
}


@dataclass(frozen=True)
class NewPersonPlace:
    organisations: list[Offered]


@dataclass(frozen=True)
class PersonPlace:
    record: PersonRecord
    accounts: list[Offered]


async def _read_new(work: UnitOfWork) -> NewPersonPlace:
    work.record("person.open")
    return NewPersonPlace(await organisations_offered(work))


async def _read(work: UnitOfWork, person_id: UUID) -> PersonPlace:
    work.record("person.read", person_id)
    return PersonPlace(await person_record(work, person_id), await accounts_offered(work))


def _root(place: PersonPlace) -> str:
    return f"/people/{place.record.person.id}"


async def _add(sent: Sent[NewPersonPlace, PersonForm]) -> str:
    form = sent.form
    command = AddPerson(
        sent.intention,
        form.given_name,
        form.family_name,
        form.email or "",
        form.organisation,
        form.profession,
        bool(form.is_shared_email),
        form.staff_number or "",
        form.from_on,
    )
    await add_person(command, sent.work)
    return f"/people/{sent.intention}?done=added"


async def _alike(sent: Sent[NewPersonPlace, PersonForm]) -> Words:
    """Somebody of this name, or with this address, is on the register."""
    form = sent.form
    return await people_of_name(sent.work, f"{form.given_name} {form.family_name}", form.email or "", sent.intention)


async def _change(sent: Sent[PersonPlace, ChangePersonForm]) -> None:
    form = sent.form
    who, email = sent.place.record.person.id, form.email or ""
    names = form.given_name, form.family_name
    await change_person(
        ChangePerson(who, form.version, *names, email, bool(form.is_shared_email), form.colleague), sent.work
    )


async def _away(sent: Sent[PersonPlace, LeaveForm]) -> None:
    form = sent.form
    await add_leave(AddLeave(sent.intention, sent.place.record.person.id, form.from_on, form.back_on), sent.work)


def _suggested(place: PersonPlace) -> dict[str, Any]:
    one = place.record.person
    values = {"version": one.version, "given_name": one.given_name, "family_name": one.family_name, "email": one.email}
    return values | {"is_shared_email": one.is_shared_email, "colleague": one.colleague_id}


ADD = Screen(
    path="/new",
    title="Add a person",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read_new, lambda _: {"back": "/people"}),
    form=PersonForm,
    choices=lambda place: {"organisation": place.organisations},
    zones=(WHO, WHERE),
    asks=ASKS,
    alike=_alike,
    store=_add,
)
SITE = Site(_read, lambda place: {"back": _root(place)})
CHANGE = Screen(
    path="/{person_id}/change",
    title="Change a person",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=SITE,
    form=ChangePersonForm,
    suggested=_suggested,
    choices=lambda place: {"colleague": place.accounts},
    about=lambda place: place.record.person.name,
    intro=("Under an earlier name they are still found. Certificates keep the name that they were given in.",),
    zones=(WHO, Zone("Signs in", ("colleague",))),
    asks=ASKS,
    store=_change,
)
LEAVE = Screen(
    path="/{person_id}/leave",
    title="Long leave",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=SITE,
    form=LeaveForm,
    about=lambda place: place.record.person.name,
    intro=("What they learned goes on counting. Why they are away is not asked.",),
    asks={
        "from_on": Ask("First day away"),
        "back_on": Ask("First day back", "Leave it empty if it is not known yet"),
    },
    store=_away,
)
add_forms(router, ADD, CHANGE, LEAVE)


@router.get("/{person_id}")
async def show_person(request: Request, person_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        record = await person_record(work, person_id)
        work.record("person.read", record.person.id)
    if record.person.id != person_id:
        return RedirectResponse(f"/people/{record.person.id}", 303)
    may = {"may_change": CAPABILITIES.holds(actor.roles, KEEP_WORKFORCE)}
    may |= {"may_erase": CAPABILITIES.holds(actor.roles, LEAD_RECORDS)}
    return render(request, "workforce/person.html", record=record, **may, done=DONE.get(done))
