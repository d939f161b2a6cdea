"""One cohort: who has a place, who waits, what holds the list up, and what can be done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.packs.courses import COURSES
from services.training.courses.web.cohort_fields import CohortPlace, cohort_asks, cohort_place, cohort_suggested
from services.training.courses.web.forms.cohort import CohortForm, cohort_form
from services.training.places.commands.call_off_cohort import CallOffCohort, call_off_cohort
from services.training.places.commands.change_cohort import ChangeCohort, change_cohort
from services.training.places.queries.cohort_record import cohort_record
from services.training.places.web.forms.booking import CallOffForm
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES, KEEP_REGISTER
from services.training.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.staff.does import does
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/cohorts")

DONE = {
    "planned": "Saved. People can book it now.",
    "change": "Saved",
    "closed": "The register is closed.",
    "moved": "Saved",
    "given_up": "Saved. The place goes to the next who waits.",
    "moved_up": "Saved",
}


@router.get("/{cohort_id}")
async def show_cohort(request: Request, cohort_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        record = await cohort_record(work, cohort_id)
        work.record("cohort.read", cohort_id)
    cohort = record.cohort
    now = work.now
    return render(
        request,
        "places/cohort.html",
        record=record,
        cohort=cohort,
        register=next((day for day in cohort.days if day.closed_at is None), cohort.days[-1]),
        may_change=CAPABILITIES.holds(actor.roles, KEEP_COURSES) and not cohort.called_off_at and not cohort.is_over,
        may_call_off=CAPABILITIES.holds(actor.roles, KEEP_COURSES)
        and not cohort.called_off_at
        and cohort.starts_at > now,
        may_see_needs=CAPABILITIES.holds(actor.roles, KEEP_REGISTER),
        may_register=CAPABILITIES.holds(actor.roles, KEEP_REGISTER) and not cohort.called_off_at,
        done=DONE.get(done),
        back="/cohorts",
    )


async def _read(work: UnitOfWork, cohort_id: UUID) -> CohortPlace:
    work.record("cohort.open", cohort_id)
    cohort = await Cohorts(work).get(cohort_id)
    return await cohort_place(work, COURSES[cohort.course], cohort)


def _root(place: CohortPlace) -> str:
    return f"/cohorts/{place.cohort.id}" if place.cohort else "/cohorts"


def _changed(sent: Sent[CohortPlace, CohortForm, TrainingWork]) -> ChangeCohort:
    place = sent.place
    cohort_id = place.cohort.id if place.cohort else sent.intention
    return ChangeCohort(sent.form.to_cohort(cohort_id, place.course.code, place.version))


def _called_off(sent: Sent[CohortPlace, CallOffForm, TrainingWork]) -> CallOffCohort:
    return CallOffCohort(sent.place.cohort.id if sent.place.cohort else sent.intention, sent.form.version)


SITE = Site(_read, lambda place: {"back": _root(place)})

CHANGE = Screen(
    path="/{cohort_id}/change",
    may=STAFF,
    capability=KEEP_COURSES,
    site=SITE,
    form=CohortForm,
    form_at=lambda place: cohort_form(place.version),
    title="Change dates or places",
    about=lambda place: place.course.name,
    intro=(
        "Whoever has a place gets a new calendar file when a day or the place changes.",
        "Fewer places throw nobody out. More places go to those who wait first.",
    ),
    suggested=cohort_suggested,
    asks_at=cohort_asks,
    choices=lambda place: {"trainer": place.trainers, "reserved_for": place.organisations},
    field_of=lambda field, _: "day_1" if field == "days" else field,
    store=does(change_cohort, _changed),
)
CALL_OFF = Screen(
    path="/{cohort_id}/call-off",
    may=STAFF,
    capability=KEEP_COURSES,
    site=SITE,
    form=CallOffForm,
    title="Call the course off",
    about=lambda place: place.course.name,
    intro=("Everyone who has a place or waits gets an email. It cannot be taken back: you would plan new dates.",),
    suggested=lambda place: {"version": place.cohort.version if place.cohort else 0},
    button="Call it off",
    store=does(call_off_cohort, _called_off),
    to=lambda _: "/cohorts?done=called_off",
)
add_forms(router, CHANGE, CALL_OFF)
