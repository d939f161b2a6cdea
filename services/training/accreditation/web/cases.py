"""One supervised case: its supervisor signs it off or sends it back; whose it is changes it, or takes it out."""

from uuid import UUID

from fastapi import APIRouter

from services.training.accreditation.commands.answer_case import AnswerCase, answer_case
from services.training.accreditation.commands.change_case import ChangeCase, change_case
from services.training.accreditation.commands.remove_case import RemoveCase, remove_case
from services.training.accreditation.queries.accreditation_record import CaseRecord, case_record
from services.training.accreditation.web.accreditations import CASE_ASKS, to_record
from services.training.accreditation.web.forms.case import AnswerCaseForm, ChangeCaseForm, RemoveCaseForm
from services.training.staff.domain.capabilities import RECORD_CASES
from services.training.staff.web.access import STAFF
from shared.kernel.calendar import date_words
from shared.kernel.capability import Capability
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/cases/{case_id}")


async def _read(work: UnitOfWork, case_id: UUID) -> CaseRecord:
    place = await case_record(work, case_id)
    work.record("accreditation.read", place.record.person_id)
    return place


def _about(place: CaseRecord) -> str:
    return f"{place.record.name}, {place.case.course.label}, case {place.case.number}"


def _says(place: CaseRecord) -> str:
    span = place.case.span
    supervisor = place.record.name_of(place.case.supervisor_id)
    return f"{date_words(span.from_on)} to {date_words(span.last_on)}, supervised by {supervisor}."


def _to_record(place: CaseRecord) -> Capability:
    return to_record(place.record)


SITE = Site(_read, lambda place: {"back": place.record.way.page})

ANSWER = Screen(
    path="/answer",
    may=STAFF,
    capability=RECORD_CASES,
    site=SITE,
    elsewhere=lambda place: None if place.is_asked_of_reader else place.record.way.page,
    form=AnswerCaseForm,
    title="Sign off a supervised case",
    about=_about,
    sentence=_says,
    intro=("Only the supervisor who is named signs it off. What is signed stays as it is.",),
    suggested=lambda place: {"version": place.case.version},
    asks={"verdict": Ask("What do you say?")},
    store=does(answer_case, lambda sent: AnswerCase(sent.place.case.id, sent.form.version, sent.form.comes_back)),
)
CHANGE = Screen(
    path="/change",
    may=STAFF,
    capability=_to_record,
    site=SITE,
    form=ChangeCaseForm,
    title="Change a supervised case",
    about=_about,
    suggested=lambda place: {
        "version": place.case.version,
        "from_on": place.case.span.from_on,
        "last_on": place.case.span.last_on,
        "supervisor": place.case.supervisor_id,
    },
    asks=CASE_ASKS,
    choices=lambda place: {"supervisor": place.record.supervisors},
    button="Save, and ask for the signature",
    store=does(
        change_case,
        lambda sent: ChangeCase(sent.place.case.id, sent.form.version, sent.form.span, sent.form.supervisor),
    ),
)
REMOVE = Screen(
    path="/remove",
    may=STAFF,
    capability=_to_record,
    site=SITE,
    form=RemoveCaseForm,
    title="Remove a supervised case",
    about=_about,
    sentence=_says,
    intro=("It was recorded by mistake. Its number is not used again.",),
    suggested=lambda place: {"version": place.case.version},
    button="Remove it",
    store=does(remove_case, lambda sent: RemoveCase(sent.place.case.id, sent.form.version)),
)
add_forms(router, ANSWER, CHANGE, REMOVE)
