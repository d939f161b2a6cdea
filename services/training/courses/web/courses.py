"""The courses of the strategy, and new dates for one of them."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.packs.courses import COURSES
from services.training.courses.web.cohort_fields import CohortPlace, cohort_asks, cohort_place, cohort_suggested
from services.training.courses.web.forms.cohort import CohortForm, cohort_form
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from services.training.staff.web.access import STAFF
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/courses")


@router.get("")
async def show_courses(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        work.record("courses.read")
    may_plan = CAPABILITIES.holds(actor.roles, KEEP_COURSES)
    return render(request, "courses/courses.html", courses=list(COURSES.values()), may_plan=may_plan)


async def _read(work: UnitOfWork, course: TrainingCourse) -> CohortPlace:
    work.record("cohort.open")
    return await cohort_place(work, COURSES[course])


async def _plan(sent: Sent[CohortPlace, CohortForm]) -> str:
    place = sent.place
    await plan_cohort(PlanCohort(sent.form.to_cohort(sent.intention, place.course.code, place.version)), sent.work)
    return f"/cohorts/{sent.intention}?done=planned"


PLAN = Screen(
    path="/{course}/new",
    may=STAFF,
    capability=KEEP_COURSES,
    site=Site(_read, lambda _: {"back": "/courses"}),
    form=CohortForm,
    form_at=lambda place: cohort_form(place.version),
    title="New dates",
    about=lambda place: place.course.name,
    suggested=cohort_suggested,
    asks_at=cohort_asks,
    choices=lambda place: {"trainer": place.trainers, "reserved_for": place.organisations},
    field_of=lambda field, _: "day_1" if field == "days" else field,
    button="Save, and open it for booking",
    store=_plan,
)
add_forms(router, PLAN)
