"""Somebody wants to hear of new dates of a course: they leave an address, and can take it out by the link in our email.

Opening the link does nothing, as mail programs open every link. What the page says is the same for every address.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request

from services.training.courses.domain.course import Course
from services.training.courses.packs.courses import COURSES
from services.training.places.commands.stop_watching import StopWatching, stop_watching
from services.training.places.commands.watch_dates import WatchDates, watch_dates
from services.training.places.database.date_watches import DateWatches
from services.training.places.domain.date_watch import DateWatch
from services.training.places.web.forms.booking import ButtonForm, NewDatesForm
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import TrainingCourse
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import PUBLIC
from shared.web.rate_limit import Limiter, RateLimit

RATE = RateLimit(per_minute=10, per_hour=60, per_hour_in_all=600)
"""Each sends an email to an address that nobody has checked."""


def prepare(app: FastAPI) -> None:
    """How often somebody may ask is counted by application."""
    app.state.new_dates_limiter = Limiter(RATE)


async def _not_too_often(request: Request) -> None:
    limiter: Limiter = request.app.state.new_dates_limiter
    if request.method == "POST":
        await limiter(request)


router = APIRouter(prefix="/book", dependencies=[Depends(_not_too_often)])


@dataclass(frozen=True)
class WatchSite:
    """Where somebody leaves an address."""

    course: Course

    @property
    def address(self) -> str:
        return f"/book/{self.course.code.value}"


async def _read(work: UnitOfWork, course: TrainingCourse) -> WatchSite:  # noqa: ARG001 - the course says it all
    return WatchSite(COURSES[course])


async def _read_watch(work: UnitOfWork, secret: str) -> DateWatch:
    work.record("dates.open_link")
    return await DateWatches(work).by_secret(secret)


def _watch(sent: Sent[WatchSite, NewDatesForm, TrainingWork]) -> WatchDates:
    return WatchDates(sent.intention, sent.place.course.code, sent.form.email)


def _shows(watch: DateWatch) -> dict[str, Any]:
    return {"watch": watch}


WATCH = FormPage(
    path="/{course}/new-dates",
    may=PUBLIC,
    site=Site(_read, lambda place: {"back": place.address, "course": place.course}),
    form=NewDatesForm,
    title="Tell me about new dates",
    template="places/new-dates.html",
    asks={"email": Ask("Email")},
    store=does(watch_dates, _watch),
    to=lambda place: f"{place.address}?done=watched",
)
STOP = FormPage(
    path="/dates/{secret}",
    may=PUBLIC,
    site=Site(_read_watch, lambda watch: {"back": f"/book/{watch.course.value}"}),
    form=ButtonForm,
    title="Take my address out",
    template="places/new-dates-stop.html",
    shows=_shows,
    store=does(stop_watching, lambda sent: StopWatching(sent.place.secret)),
    to=lambda watch: f"/book/dates/{watch.secret}",
)
add_forms(router, STOP, WATCH)
