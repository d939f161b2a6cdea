"""Add someone who is on record already: found by NHS number or by exactly the same name and date of birth.

A person may be a baby in one family and a parent in another. Nothing is picked by a name alone (reference 8.1, H1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from services.referral.people.commands.add_known_person import AddKnownPerson, add_known_person
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind, Person, shown_name
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.matching_people import matching_people
from services.referral.people.web.family_page import in_family, read_family
from services.referral.people.web.forms.person import KnownPersonForm
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from shared.kernel.calendar import date_words
from shared.kernel.nhs_number import spaced
from shared.staff.answer_words import Offered
from shared.staff.form_page import FormPage, Sent, Site
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, read_form


@dataclass(frozen=True)
class Sought:
    """A family, and who is on record already of those whom someone looks for."""

    banner: FamilyBanner
    is_sought: bool
    found: Sequence[Person]


async def _read(work: UnitOfWork, request: Request, family_id: UUID) -> Sought:
    sought = (await read_form(request, KnownPersonForm)).form
    banner = await read_family(work, family_id, "person.search" if sought else "people.read")
    found = await matching_people(work, sought.nhs_number, sought.name, sought.born_on) if sought else ()
    return Sought(banner, sought is not None, found)


def _is_chosen(filled: Filled[KnownPersonForm], place: Sought) -> Filled[KnownPersonForm]:
    is_found = filled.form is not None and filled.form.person_id in {one.id for one in place.found}
    return filled if is_found else filled.asks_more()


async def _add(sent: Sent[Sought, KnownPersonForm]) -> None:
    form, family_id = sent.form, sent.place.banner.family_id
    if form.person_id is not None:
        command = AddKnownPerson(family_id, form.person_id, form.kind, form.relationship)
        await add_known_person(command, sent.work)


def _words(person: Person) -> str:
    """Enough to tell two people of one name apart; no address, which may be one that nobody must learn."""
    parts = [shown_name(person.name, person.birth_order)]
    parts += [f"born {date_words(person.born_on)}"] if person.born_on else []
    parts += [f"NHS number {spaced(person.nhs_number)}"] if person.nhs_number else ["no NHS number"]
    return ", ".join(parts)


KNOWN_PERSON = FormPage(
    path="/{family_id}/people/add-known",
    may=STAFF,
    capability=RECORD,
    site=Site(_read, in_family("people", "/people")),
    form=KnownPersonForm,
    check=_is_chosen,
    store=_add,
    to=lambda place: f"/families/{place.banner.family_id}/people?done=add-known",
    template="people/people-known.html",
    shows=lambda place: {
        "found": [Offered(str(one.id), _words(one)) for one in place.found],
        "searched": place.is_sought,
        "kinds": list(MemberKind),
        "relationships": list(Relationship),
    },
)
