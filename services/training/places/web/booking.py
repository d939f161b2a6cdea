"""One booking, as the team sees it: who it is, what they were sent, and what can be done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_place import MovePlace, move_place
from services.training.places.commands.move_up import MoveUp, move_up
from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import BookingState
from services.training.places.queries.booking_record import BookingRecord, booking_record
from services.training.places.web.forms.booking import ButtonForm, MoveUpForm, OtherDatesForm
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES, KEEP_REGISTER
from services.training.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/bookings")


async def _read(work: UnitOfWork, booking_id: UUID) -> BookingRecord:
    work.record("booking.read", booking_id)
    return await booking_record(work, await Bookings(work).get(booking_id))


@router.get("/{booking_id}")
async def show_booking(request: Request, booking_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        record = await _read(work, booking_id)
    may_change = CAPABILITIES.holds(actor.roles, KEEP_COURSES) and record.booking.is_active and record.is_to_come
    return render(
        request,
        "places/booking.html",
        record=record,
        booking=record.booking,
        cohort=record.cohort,
        may_change=may_change,
        may_move_up=may_change and record.booking.state is BookingState.WAITING,
        may_waive=CAPABILITIES.holds(actor.roles, KEEP_REGISTER) and record.has_ended,
        may_see_needs=CAPABILITIES.holds(actor.roles, KEEP_REGISTER),
    )


def _root(record: BookingRecord) -> str:
    return f"/cohorts/{record.cohort.id}"


SITE = Site(_read, lambda record: {"back": f"/bookings/{record.booking.id}"})

GIVE_UP = Screen(
    path="/{booking_id}/give-up",
    may=STAFF,
    capability=KEEP_COURSES,
    site=SITE,
    form=ButtonForm,
    title="Cancel a booking",
    about=lambda record: record.name,
    intro=("They get an email. What becomes free goes to the next who waits.",),
    button="Cancel the booking",
    store=does(give_up_place, lambda sent: GiveUpPlace(sent.place.booking.id)),
    to=lambda record: f"{_root(record)}?done=given_up",
)
MOVE = Screen(
    path="/{booking_id}/move",
    may=STAFF,
    capability=KEEP_COURSES,
    site=SITE,
    form=OtherDatesForm,
    title="Move to other dates",
    about=lambda record: record.name,
    intro=("They keep what they have until the other place is theirs.",),
    asks={"cohort": Ask("Other dates")},
    choices=lambda record: {"cohort": record.other_dates},
    store=does(move_place, lambda sent: MovePlace(sent.place.booking.id, sent.form.cohort)),
    to=lambda record: f"{_root(record)}?done=moved",
)
MOVE_UP = Screen(
    path="/{booking_id}/move-up",
    may=STAFF,
    capability=KEEP_COURSES,
    site=SITE,
    form=MoveUpForm,
    title="Move to the front of the line",
    about=lambda record: record.name,
    intro=("Others have waited longer. Everyone in the team can read why.",),
    asks={"why": Ask("Why do they come first?")},
    button="Move up",
    store=does(move_up, lambda sent: MoveUp(sent.place.booking.id, sent.form.why)),
    to=lambda record: f"{_root(record)}?done=moved_up",
)
add_forms(router, GIVE_UP, MOVE, MOVE_UP)
