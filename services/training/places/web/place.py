"""The page of one booking, behind an address that only its person has: what it is, and what they can do.

Opening it does nothing, as mail programs open every link. The address is a secret: the request log has the route's
template only, and other sites get no referrer.
"""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.training.places.commands.accept_place import AcceptPlace, accept_place
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_place import MovePlace, move_place
from services.training.places.commands.tell_needs import TellNeeds, tell_needs
from services.training.places.database.bookings import Bookings
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import BookingState
from services.training.places.domain.place_message import AboutDay
from services.training.places.queries.booking_record import BookingRecord, booking_record
from services.training.places.web.forms.booking import ButtonForm, NeedsForm, OtherDatesForm
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.calendar_file import CalendarMethod, calendar_file
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/place")

NO_INDEX = {"X-Robots-Tag": "noindex"}


async def _read(work: UnitOfWork, secret: str) -> BookingRecord:
    booking = await Bookings(work).by_secret(secret)
    work.record("booking.open_link", booking.id)
    return await booking_record(work, booking)


@router.get("", dependencies=[PUBLIC])
async def go_to_courses() -> Response:
    """An address that was cut off leads to where people book."""
    return RedirectResponse("/book", 303)


@router.get("/{secret}", dependencies=[PUBLIC])
async def show_place(request: Request, secret: str) -> Response:
    async with begin(request, public_form()) as work:
        record = await _read(work, secret)
        has_mail = bool(work.team.mail_server)
    state = "lapsed" if record.booking.how is PlaceEnd.LAPSED else record.booking.state.value
    shown = render(request, f"places/place-{state}.html", **_shows(record), has_mail=has_mail)
    shown.headers.update(NO_INDEX)
    return shown


@router.get("/{secret}/day-{number}.ics", dependencies=[PUBLIC])
async def send_calendar_file(request: Request, secret: str, number: int) -> Response:
    """For a calendar to which somebody adds it by hand."""
    async with begin(request, public_form()) as work:
        record = await _read(work, secret)
        if record.booking.state is not BookingState.BOOKED:
            raise NotFound("place_none", "You have no place here now. Look at your booking again.")
        day = record.cohort.day(number)
        about, messages = AboutDay(record.booking.id, number, day.sequence), PlaceMessages(work)
        entry = messages.entry(about, record.cohort, messages.link(record.booking), "")
        text = calendar_file(entry, CalendarMethod.PUBLISH, work.now)
    named = {"Content-Disposition": f'attachment; filename="day-{number}.ics"'}
    return Response(text, media_type="text/calendar; charset=utf-8; method=PUBLISH", headers={**named, **NO_INDEX})


def _root(record: BookingRecord) -> str:
    return f"/place/{record.booking.secret}"


def _shows(record: BookingRecord) -> dict[str, Any]:
    return {
        "record": record,
        "booking": record.booking,
        "cohort": record.cohort,
        "root": _root(record),
        "BOOKED": BookingState.BOOKED,
    }


async def _moved(sent: Sent[BookingRecord, OtherDatesForm, TrainingWork]) -> str:
    wanted = await move_place(MovePlace(sent.place.booking.id, sent.form.cohort), sent.work)
    return f"/place/{wanted.secret}"


SITE = Site(_read, lambda record: {"back": _root(record), "root": _root(record)})

ACCEPT = FormPage(
    path="/{secret}/accept",
    stands_on="/{secret}",
    may=PUBLIC,
    site=SITE,
    form=ButtonForm,
    store=does(accept_place, lambda sent: AcceptPlace(sent.place.booking.id)),
    to=_root,
)
DECLINE = FormPage(
    path="/{secret}/decline",
    stands_on="/{secret}",
    may=PUBLIC,
    site=SITE,
    form=ButtonForm,
    store=does(give_up_place, lambda sent: GiveUpPlace(sent.place.booking.id)),
    to=_root,
)
CANCEL = FormPage(
    path="/{secret}/cancel",
    may=PUBLIC,
    site=SITE,
    form=ButtonForm,
    template="places/place-cancel.html",
    shows=_shows,
    store=does(give_up_place, lambda sent: GiveUpPlace(sent.place.booking.id)),
    to=_root,
)
MOVE_OWN = FormPage(
    path="/{secret}/move",
    may=PUBLIC,
    site=SITE,
    form=OtherDatesForm,
    template="places/place-move.html",
    shows=_shows,
    choices=lambda record: {"cohort": record.other_dates},
    asks={"cohort": Ask("Which dates?")},
    store=_moved,
)
NEEDS = FormPage(
    path="/{secret}/needs",
    may=PUBLIC,
    site=SITE,
    form=NeedsForm,
    title="What you need on the day",
    suggested=lambda record: {"needs": record.booking.needs},
    template="places/place-needs.html",
    shows=_shows,
    asks={"needs": Ask("What do you need on the day?")},
    store=does(tell_needs, lambda sent: TellNeeds(sent.place.booking.id, sent.form.needs or "")),
    to=_root,
)
add_forms(router, ACCEPT, DECLINE, CANCEL, MOVE_OWN, NEEDS)
