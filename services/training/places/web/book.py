"""The public pages on which somebody finds a course, chooses dates and books: no account, five pages at most."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.training.courses.domain.course import Course
from services.training.courses.packs.courses import COURSES
from services.training.places.commands.book_place import BookPlace, book_place
from services.training.places.queries.coming_dates import ComingDates, coming_dates
from services.training.places.web.forms.booking import BookingForm
from services.training.staff.database.training_work import TrainingWork
from services.training.workforce.queries.organisations_offered import organisations_offered
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC


async def _in_turn(request: Request) -> AsyncGenerator[None]:
    """They would wait for the cohort’s lock anyway: here without a connection of the pool, and in their order."""
    turn: asyncio.Lock = request.app.state.booking_turn
    if request.method == "POST":
        await request.body()  # nobody waits for what a bad line still brings of somebody else's
        async with turn:
            yield
    else:
        yield


router = APIRouter(prefix="/book", dependencies=[Depends(_in_turn)])


def prepare(app: FastAPI) -> None:
    """Bookings of this process are taken one after another."""
    app.state.booking_turn = asyncio.Lock()


DONE = {
    "watched": "We’ll email you once when there are new dates. You get an email now, to take your address out again."
}


@router.get("", dependencies=[PUBLIC])
async def show_courses_to_book(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        dates = sorted(await coming_dates(work), key=lambda one: one.cohort.course.label)
    courses = [(COURSES[code], list(found)) for code, found in groupby(dates, key=lambda one: one.cohort.course)]
    return render(request, "places/book.html", courses=courses)


@router.get("/{course}", dependencies=[PUBLIC])
async def show_dates(request: Request, course: TrainingCourse, done: str = "") -> Response:
    async with begin(request, public_form()) as work:
        dates = await coming_dates(work, course)
    return render(
        request,
        "places/book-dates.html",
        course=COURSES[course],
        dates=dates,
        has_mail=bool(request.app.state.settings.smtp_url),
        done=DONE.get(done),
        back="/book",
    )


@dataclass(frozen=True)
class BookingSite:
    """Where somebody books."""

    course: Course
    cohort_id: UUID
    coming: Sequence[ComingDates] = ()
    workplaces: Sequence[Offered] = ()

    @property
    def dates(self) -> ComingDates | None:
        """None: they can't be booked any more."""
        return next((one for one in self.coming if one.cohort.id == self.cohort_id), None)

    @property
    def others(self) -> Sequence[ComingDates]:
        return [one for one in self.coming if one.cohort.id != self.cohort_id]

    @property
    def address(self) -> str:
        return f"/book/{self.course.code.value}"


async def _read(work: UnitOfWork, course: TrainingCourse, cohort_id: UUID) -> BookingSite:
    site = BookingSite(COURSES[course], cohort_id, await coming_dates(work, course), await organisations_offered(work))
    if site.dates is None:
        raise Conflict("cohort_begun", f"These dates can’t be booked any more. Choose others at /book/{course.value}.")
    return site


async def _read_to_store(work: UnitOfWork, course: TrainingCourse, cohort_id: UUID) -> BookingSite:  # noqa: ARG001 - asks nothing
    """The command judges what there is, under the cohort’s lock."""
    return BookingSite(COURSES[course], cohort_id)


async def _book(sent: Sent[BookingSite, BookingForm, TrainingWork]) -> str:
    form = sent.form
    may_wait = form.may_wait is True
    asked = BookPlace(sent.intention, sent.place.cohort_id, form.to_asker(), may_wait=may_wait, also=form.also)
    booked = await book_place(asked, sent.work)
    return f"/place/{booked.secret}"


def _shows(place: BookingSite) -> dict[str, Any]:
    return {
        "course": place.course,
        "dates": place.dates,
        "others": place.others,
        "workplaces": place.workplaces,
        "professions": list(Profession),
    }


BOOK = FormPage(
    path="/{course}/{cohort_id}",
    may=PUBLIC,
    site=Site(_read, lambda place: {"back": place.address}, _read_to_store),
    form=BookingForm,
    title="Book your place",
    suggested=lambda _: {"may_wait": True},
    store=_book,
    template="places/book-form.html",
    shows=_shows,
    choices=lambda place: {"also": place.others},
    asks={
        "given_name": Ask("Your first name"),
        "family_name": Ask("Your last name"),
        "email": Ask("Email"),
        "phone": Ask("Mobile number"),
        "workplace": Ask("Where do you work?"),
        "profession": Ask("Your job"),
        "also": Ask("These dates would do as well"),
        "may_wait": Ask("If it is full, put me on the waiting list"),
    },
)
add_forms(router, BOOK)
