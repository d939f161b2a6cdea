"""Where people book a place in a drop-in or a group, without an account."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.diary.commands.book_meeting import BookMeeting, book_meeting
from services.consultation.diary.queries.meeting_list import MeetingFilter, MeetingLine, meeting_list, one_meeting
from services.consultation.diary.web.forms.meeting import BookingForm
from shared.contracts.consultation_codes import Profession
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/book")


@router.get("", dependencies=[PUBLIC])
async def show_meetings(request: Request) -> Response:
    """Those to come that have not begun."""
    async with begin(request, public_form()) as work:
        lines = await meeting_list(work, MeetingFilter()).whole(work.session)
        coming = [line for line in lines if line.one.starts_at > work.now]
    return render(request, "diary/book.html", lines=coming)


@router.get("/{meeting_id}/booked", dependencies=[PUBLIC])
async def show_booked(request: Request, meeting_id: UUID) -> Response:
    """When and where; never who."""
    async with begin(request, public_form()) as work:
        line = await one_meeting(work, meeting_id)
    return render(request, "diary/booked.html", line=line)


@dataclass(frozen=True)
class BookPlace:
    line: MeetingLine


async def _read(work: UnitOfWork, meeting_id: UUID) -> BookPlace:
    line = await one_meeting(work, meeting_id)
    if line.one.cancelled_at is not None or line.one.starts_at <= work.now:
        raise NotFound("meeting_over", "Nobody can book this any more. Look at what is to come.")
    return BookPlace(line)


async def _book(sent: Sent[BookPlace, BookingForm]) -> None:
    form = sent.form
    command = BookMeeting(sent.intention, sent.place.line.one.id, form.name, form.profession, form.organisation)
    await book_meeting(command, sent.work)


BOOK = FormPage(
    path="/{meeting_id}",
    may=PUBLIC,
    site=Site(_read, lambda _: {"back": "/book"}),
    form=BookingForm,
    store=_book,
    to=lambda place: f"/book/{place.line.one.id}/booked",
    template="diary/book-form.html",
    shows=lambda place: {"line": place.line, "professions": list(Profession)},
)
add_forms(router, BOOK)
