"""Somebody is erased from the register, by the team lead."""

from uuid import UUID

from fastapi import APIRouter

from services.training.erasure.commands.erase_person import ErasePerson, erase_person
from services.training.erasure.web.forms.erase import EraseForm
from services.training.staff.domain.capabilities import LEAD_RECORDS
from services.training.staff.web.access import STAFF
from services.training.workforce.queries.person_record import PersonRecord, person_record
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


async def _read(work: UnitOfWork, person_id: UUID) -> PersonRecord:
    record = await person_record(work, person_id)
    work.record("person.read", record.person.id)
    return record


ERASE = Screen(
    path="/people/{person_id}/erase",
    asks_for_proof=True,
    title="Erase a person",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=Site(_read, lambda record: {"back": f"/people/{record.person.id}"}),
    form=EraseForm,
    suggested=lambda record: {"version": record.person.version},
    about=lambda record: record.person.name,
    intro=(
        "Name, email, telephone, staff number, words and certificates go, here and in emails. It cannot be undone.",
        "What counts them stays, without a name: places, days attended, points and completions.",
        "A place that is to come goes to the next in line. Files of people that nobody has saved are thrown away.",
    ),
    asks={"why": Ask("Why?")},
    button="Erase",
    store=does(erase_person, lambda sent: ErasePerson(sent.place.person.id, sent.form.version, sent.form.why)),
    to=lambda _: "/people?done=erased",
)
add_forms(router, ERASE)
