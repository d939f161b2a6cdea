"""The diary: drop-ins and reflective practice groups, and their registers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.diary.commands.add_walk_in import AddWalkIn, add_walk_in
from services.consultation.diary.commands.cancel_meeting import CancelMeeting, cancel_meeting
from services.consultation.diary.commands.log_meeting import LogMeeting, log_meeting
from services.consultation.diary.commands.mark_attendance import MarkAttendance, mark_attendance
from services.consultation.diary.commands.plan_meeting import PlanMeeting, plan_meeting
from services.consultation.diary.domain.meeting import MeetingBooking
from services.consultation.diary.queries.meeting_list import (
    MeetingFilter,
    MeetingLine,
    MeetingTime,
    meeting_list,
    one_meeting,
)
from services.consultation.diary.queries.meeting_register import meeting_register
from services.consultation.diary.web.forms.meeting import BookingForm, CancelMeetingForm, MarkForm, MeetingForm
from services.consultation.organisations.queries.organisation_list import organisations_offered
from services.consultation.staff.database.consultation_work import ConsultationWork
from services.consultation.staff.domain.capabilities import KEEP_DIARY, LOG
from services.consultation.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask, Offered
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.screen import ConfirmForm, Screen
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/diary")

BOOKING_ASKS = {
    "name": Ask("Name"),
    "profession": Ask("Profession", is_select=True),
    "organisation": Ask("Where do they work?"),
}


async def _find(asked: Asked[MeetingFilter]) -> Listing[MeetingLine]:
    return meeting_list(asked.work, asked.chosen)


_COLUMNS: Sequence[Column[MeetingLine]] = (
    Column("When", lambda line: line.one.starts_at, cell="when", place="when"),
    Column("What", lambda line: line.one.topic, cell="what", place="who", heads_row=True),
    Column("Kind", lambda line: line.one.kind),
    Column("For", lambda line: line.organisation, cell=PLAIN),
    Column("Where", lambda line: line.one.place, cell=PLAIN),
    Column("Minutes", lambda line: line.one.minutes),
    Column("Places", lambda line: line.one.places),
    Column("Booked", lambda line: line.booked, cell="booked"),
    Column("Came", lambda line: line.came, cell=PLAIN, is_number=True),
    Column("Led by", lambda line: line.led_by_name, cell=PLAIN),
    Column("Logged", lambda line: line.is_logged),
)

DIARY = ListPage(
    path="",
    may=STAFF,
    reads="diary.read",
    exports="diary.export",
    filters=(Filter("when", MeetingTime, "When", usual=MeetingTime.TO_COME, is_chips=True),),
    chosen=MeetingFilter,
    find=_find,
    columns=_COLUMNS,
    template="diary/diary.html",
    done={"planned": "Saved", "cancelled": "Cancelled. Those who booked are told by email."},
    file_name="diary.csv",
)
add_list(router, DIARY)


@dataclass(frozen=True)
class DiaryPlace:
    organisations: list[Offered]


@dataclass(frozen=True)
class RegisterPlace:
    line: MeetingLine
    rows: list[MeetingBooking]
    is_open: bool
    """It is the day, or later."""


async def _read_diary(work: UnitOfWork) -> DiaryPlace:
    work.record("diary.read")
    return DiaryPlace(await organisations_offered(work))


async def _read(work: UnitOfWork, meeting_id: UUID) -> RegisterPlace:
    line = await one_meeting(work, meeting_id)
    work.record("meeting.read", meeting_id)
    is_open = line.one.cancelled_at is None and line.one.has_register(work.now)
    return RegisterPlace(line, await meeting_register(work, meeting_id), is_open)


def _root(place: RegisterPlace) -> str:
    return f"/diary/{place.line.one.id}"


async def _plan(sent: Sent[DiaryPlace, MeetingForm]) -> None:
    await plan_meeting(PlanMeeting(sent.form.to_meeting(sent.intention, sent.work.actor.id)), sent.work)


async def _cancel(sent: Sent[RegisterPlace, CancelMeetingForm, ConsultationWork]) -> None:
    await cancel_meeting(CancelMeeting(sent.place.line.one.id, sent.form.version), sent.work)


async def _walk_in(sent: Sent[RegisterPlace, BookingForm]) -> None:
    form = sent.form
    command = AddWalkIn(sent.intention, sent.place.line.one.id, form.name, form.profession, form.organisation)
    await add_walk_in(command, sent.work)


async def _log(sent: Sent[RegisterPlace, ConfirmForm]) -> str:
    await log_meeting(LogMeeting(sent.place.line.one.id), sent.work)
    return f"/consultations/{sent.place.line.one.id}"


@dataclass(frozen=True)
class MarkPlace(RegisterPlace):
    booking_id: UUID


async def _read_mark(work: UnitOfWork, meeting_id: UUID, booking_id: UUID) -> MarkPlace:
    place = await _read(work, meeting_id)
    return MarkPlace(place.line, place.rows, place.is_open, booking_id)


async def _mark(sent: Sent[MarkPlace, MarkForm]) -> None:
    place = sent.place
    await mark_attendance(MarkAttendance(place.line.one.id, place.booking_id, sent.form.came), sent.work)


@router.get("/{meeting_id:uuid}")
async def show_register(request: Request, meeting_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    """Who booked; on the day itself one tap for each."""
    async with begin(request, actor) as work:
        place = await _read(work, meeting_id)
    came = sum(one.came is True for one in place.rows)
    return render(
        request,
        "diary/register.html",
        back="/diary",
        line=place.line,
        rows=place.rows,
        is_open=place.is_open,
        came=came,
    )


_SITE = Site(_read, lambda place: {"back": _root(place)})

PLAN = Screen(
    path="/new",
    title="Plan a drop-in or a group",
    may=STAFF,
    capability=KEEP_DIARY,
    site=Site(_read_diary, lambda _: {"back": "/diary"}),
    form=MeetingForm,
    suggested=lambda _: {"minutes": 60, "places": 8},
    choices=lambda place: {"organisation": place.organisations},
    asks={
        "kind": Ask("What is it?"),
        "organisation": Ask("For whose people?", "Of a drop-in, where it is held"),
        "topic": Ask("What is it about?", "Everyone who books reads this. No names"),
        "starts_at": Ask("Time", "Like 10, 10.30 or 2pm"),
        "place": Ask("Where?", "A room and an address, or a link"),
        "places": Ask("How many can come?"),
    },
    store=_plan,
    to=lambda _: "/diary?done=planned",
)
CANCEL = Screen(
    path="/{meeting_id}/cancel",
    title="Cancel a meeting",
    may=STAFF,
    capability=KEEP_DIARY,
    site=_SITE,
    form=CancelMeetingForm,
    suggested=lambda place: {"version": place.line.one.version},
    about=lambda place: place.line.one.topic,
    intro=("Nobody can book it any more. Those who booked are told by email. The names stay.",),
    button="Cancel the meeting",
    store=_cancel,
    to=lambda _: "/diary?done=cancelled",
)
WALK_IN = Screen(
    path="/{meeting_id}/walk-in",
    title="Someone else is here",
    may=STAFF,
    capability=KEEP_DIARY,
    site=_SITE,
    form=BookingForm,
    asks=BOOKING_ASKS,
    store=_walk_in,
    to=_root,
)
LOG_MEETING = Screen(
    path="/{meeting_id}/log",
    title="Log this meeting as a consultation",
    may=STAFF,
    capability=LOG,
    site=_SITE,
    form=ConfirmForm,
    intro=("Day, minutes, organisation and how many came are those of the register.",),
    button="Log it",
    store=_log,
)
MARK = FormPage(
    path="/{meeting_id}/places/{booking_id}",
    stands_on="/{meeting_id}",
    may=STAFF,
    capability=KEEP_DIARY,
    site=Site(_read_mark),
    form=MarkForm,
    store=_mark,
    to=lambda place: f"/diary/{place.line.one.id}#p-{place.booking_id}",
)
add_forms(router, PLAN, CANCEL, WALK_IN, LOG_MEETING, MARK)
