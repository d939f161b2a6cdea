"""Where people book a place in a drop-in or a group, without an account; and the page of a booking.

That page is behind an address that only its person has. Opening it does nothing, as mail programs open every link.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.diary.commands.book_meeting import BookMeeting, book_meeting
from services.consultation.diary.commands.give_up_meeting import GiveUpMeeting, give_up_meeting
from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.diary.database.meetings import Meetings
from services.consultation.diary.domain.meeting import MeetingBooking
from services.consultation.diary.queries.meeting_list import MeetingFilter, MeetingLine, meeting_list, one_meeting
from services.consultation.diary.web.forms.meeting import GiveUpForm, OwnBookingForm
from services.consultation.staff.database.consultation_work import ConsultationWork
from shared.contracts.consultation_codes import Profession
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound
from shared.staff.calendar_file import CalendarMethod, calendar_file
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/book")

NO_INDEX = {"X-Robots-Tag": "noindex"}


@router.get("", dependencies=[PUBLIC])
async def show_meetings(request: Request) -> Response:
    """Those to come that have not begun."""
    async with begin(request, public_form()) as work:
        lines = await meeting_list(work, MeetingFilter()).whole(work.session)
        coming = [line for line in lines if line.one.starts_at > work.now]
    return render(request, "diary/book.html", lines=coming)


@dataclass(frozen=True)
class OwnPlace:
    """A booking, as its person sees it."""

    booking: MeetingBooking
    line: MeetingLine
    can_give_up: bool

    @property
    def root(self) -> str:
        return f"/book/places/{self.booking.secret}"


async def _read_own(work: UnitOfWork, secret: str) -> OwnPlace:
    booking = await Meetings(work).booking_by_secret(secret)
    line = await one_meeting(work, booking.meeting_id)
    is_off = booking.given_up_at or line.one.cancelled_at or line.one.starts_at <= work.now
    return OwnPlace(booking, line, not is_off)


@router.get("/places/{secret}", dependencies=[PUBLIC])
async def show_own_place(request: Request, secret: str) -> Response:
    async with begin(request, public_form()) as work:
        place = await _read_own(work, secret)
        has_mail = bool(work.sender.mail_server)
    shown = render(request, "diary/place.html", place=place, line=place.line, root=place.root, has_mail=has_mail)
    shown.headers.update(NO_INDEX)
    return shown


@router.get("/places/{secret}/meeting.ics", dependencies=[PUBLIC])
async def send_calendar_file(request: Request, secret: str) -> Response:
    """For a calendar to which somebody adds it by hand."""
    async with begin(request, public_form()) as work:
        place = await _read_own(work, secret)
        if not place.can_give_up:
            raise NotFound("place_none", "You have no place here now. Look at your booking again.")
        entry = MeetingMessages(work).entry(place.booking, place.line.one, "")
        text = calendar_file(entry, CalendarMethod.PUBLISH, work.now)
    named = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(text, media_type="text/calendar; charset=utf-8; method=PUBLISH", headers={**named, **NO_INDEX})


@dataclass(frozen=True)
class BookPlace:
    line: MeetingLine


async def _read(work: UnitOfWork, meeting_id: UUID) -> BookPlace:
    line = await one_meeting(work, meeting_id)
    if line.one.cancelled_at is not None or line.one.starts_at <= work.now:
        raise NotFound("meeting_over", "Nobody can book this any more. Look at what is to come.")
    return BookPlace(line)


async def _book(sent: Sent[BookPlace, OwnBookingForm, ConsultationWork]) -> str:
    form, meeting_id = sent.form, sent.place.line.one.id
    command = BookMeeting(sent.intention, meeting_id, form.name, form.profession, form.organisation, form.email)
    return f"/book/places/{(await book_meeting(command, sent.work)).secret}"


def _shows(place: BookPlace) -> Mapping[str, Any]:
    return {"line": place.line, "professions": list(Profession)}


BOOK = FormPage(
    path="/{meeting_id}",
    may=PUBLIC,
    site=Site(_read, lambda _: {"back": "/book"}),
    form=OwnBookingForm,
    store=_book,
    template="diary/book-form.html",
    shows=_shows,
)
GIVE_UP = FormPage(
    path="/places/{secret}/give-up",
    may=PUBLIC,
    site=Site(_read_own, lambda place: {"back": place.root, "root": place.root}),
    form=GiveUpForm,
    template="diary/give-up.html",
    shows=lambda place: {"line": place.line, "can_give_up": place.can_give_up},
    store=does(give_up_meeting, lambda sent: GiveUpMeeting(sent.place.booking.id)),
    to=lambda place: place.root,
)
add_forms(router, BOOK, GIVE_UP)
