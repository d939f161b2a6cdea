"""Appointments: booked, moved and cancelled. What is needed to take part is shown before anything is booked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.contacts.commands.book_appointment import BookAppointment, book_appointment
from services.referral.contacts.commands.cancel_appointment import CancelAppointment, cancel_appointment
from services.referral.contacts.commands.move_appointment import MoveAppointment, move_appointment
from services.referral.contacts.domain.contact_check import BEFORE
from services.referral.contacts.domain.diary import next_visit
from services.referral.contacts.queries.diary import last_visits
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.booking_diary import Wanted, only_looks, refuse_clash, says_clash, week_beside
from services.referral.contacts.web.diary_days import DiaryTable
from services.referral.contacts.web.forms.session import BookingForm, CancelAppointmentForm, MoveAppointmentForm
from services.referral.contacts.web.session_choices import KINDS, MEETING_OFFERS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import alike_words, entered_words, session_words
from services.referral.people.queries.family_banner import EpisodeLine, FamilyBanner
from services.referral.people.web.family_page import (
    OfFamily,
    episode_of,
    family_frame,
    in_family,
    open_episode_of,
    read_family,
)
from services.referral.staff.domain.capabilities import BOOK_APPOINTMENT
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance
from shared.kernel.calendar import moment_words
from shared.kernel.clock import LONDON
from shared.kernel.typed_day import day_typed
from shared.staff.answer_words import Ask, Words
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import TOO_FIELD, read_fields

router = APIRouter(prefix="/families/{family_id}/appointments")

DONE = {"recorded": "The session is saved."}
_TEMPLATE = "contacts/appointment-form.html"
_OFFERS: Mapping[str, Any] = {
    "kinds": KINDS,
    **MEETING_OFFERS,
    "interpreters": BEFORE,
    "cancellations": [Attendance.CANCELLED_BY_FAMILY, Attendance.CANCELLED_BY_SERVICE],
}
_ASKS = {
    "attendance": Ask("What happened"),
}


@dataclass(frozen=True)
class NewAppointment:
    """Where an appointment is booked."""

    banner: FamilyBanner
    choices: SessionChoices
    suggested: Mapping[str, Any]
    week: DiaryTable
    is_second: bool
    """They saw what the family has on that day already."""
    done: str


@dataclass(frozen=True)
class BookedAppointment:
    """An appointment that is booked."""

    banner: FamilyBanner
    choices: SessionChoices
    line: SessionLine
    week: DiaryTable

    @property
    def address(self) -> str:
        return f"/families/{self.banner.family_id}/sessions/{self.line.contact.id}"


async def _read(work: UnitOfWork, request: Request, family_id: UUID, usual: str = "", done: str = "") -> NewAppointment:
    """Args: usual: the form suggests the family's usual day and time."""
    banner = await read_family(work, family_id, "appointment.read")
    choices = await read_choices(work, banner, episode_of(banner).episode_id)
    found = next_visit(await last_visits(work, family_id), work.today) if usual else None
    when = {"starts_on": day_typed(found[0]), "starts_at": f"{found[1]:%H:%M}"} if found else {"starts_on": ""}
    suggested = {**choices.suggested(work.actor.id), **when}
    week = await week_beside(work, request, choices, suggested)
    is_second = TOO_FIELD in await read_fields(request)
    return NewAppointment(
        banner, choices, suggested, week, is_second, "The session is saved." if done == "recorded" else ""
    )


async def _read_booked(work: UnitOfWork, request: Request, family_id: UUID, contact_id: UUID) -> BookedAppointment:
    banner = await read_family(work, family_id, "appointment.read")
    choices = await read_choices(work, banner, episode_of(banner).episode_id)
    line = await one_session(work, family_id, contact_id)
    booked = {"starts_on": day_typed(line.held_on), "practitioner": str(line.contact.details.practitioner_id)}
    return BookedAppointment(banner, choices, line, await week_beside(work, request, choices, booked))


async def _book(sent: Sent[NewAppointment, BookingForm, TeamWork]) -> None:
    form, details, episode = sent.form, sent.form.details(), open_episode_of(sent.place.banner)
    wanted = Wanted(sent.intention, sent.place.banner.family_id, form.kind, sent.place.is_second)
    await refuse_clash(sent.work, wanted, form)
    await book_appointment(BookAppointment(sent.intention, episode.episode_id, form.moment, details), sent.work)


async def _alike(sent: Sent[NewAppointment, BookingForm, TeamWork]) -> Words:
    """Whoever saw what it clashes with saw this too."""
    if sent.form.anyway:
        return []
    return await alike_words(sent.work, sent.place.banner.family_id, sent.form.details())


async def _move(sent: Sent[BookedAppointment, MoveAppointmentForm, TeamWork]) -> None:
    form, contact = sent.form, sent.place.line.contact
    await refuse_clash(sent.work, Wanted(contact.id, contact.family_id, contact.details.kind), form)
    await move_appointment(MoveAppointment(contact.id, contact.episode_id, form.version, form.booking()), sent.work)


async def _cancel(sent: Sent[BookedAppointment, CancelAppointmentForm, TeamWork]) -> None:
    form, contact = sent.form, sent.place.line.contact
    command = CancelAppointment(contact.id, contact.episode_id, form.version, form.attendance, form.note or "")
    await cancel_appointment(command, sent.work)


async def _booked(work: UnitOfWork, place: NewAppointment, intention: UUID) -> Words:
    return session_words(await one_session(work, place.banner.family_id, intention))


def _known(place: BookedAppointment) -> dict[str, Any]:
    contact, starts_at = place.line.contact, place.line.starts_at
    details = contact.details
    return {
        "version": contact.version,
        "starts_on": day_typed(details.held_on),
        "starts_at": starts_at.astimezone(LONDON).time() if starts_at else None,
        "practitioner": details.practitioner_id,
        "mode": details.mode,
        "venue": details.venue,
        "interpreter": details.interpreter,
    }


def _shown(what: str, place: BookedAppointment) -> dict[str, Any]:
    starts_at = place.line.starts_at
    booked_for = moment_words(starts_at) if starts_at else ""
    return {**_OFFERS, "what": what, "choices": place.choices, "week": place.week, "booked_for": booked_for}


def _open_work(place: OfFamily) -> EpisodeLine:
    return open_episode_of(place.banner)


def _when_it_is_over(place: BookedAppointment) -> str | None:
    return None if place.line.is_open else place.address


_BOOKED = Site(_read_booked, lambda place: family_frame(place.banner, "sessions", back=place.address))

BOOK = FormPage(
    path="/new",
    title="Book an appointment",
    may=STAFF,
    capability=BOOK_APPOINTMENT,
    site=Site(_read, in_family("sessions", "/sessions")),
    needs=_open_work,
    form=BookingForm,
    suggested=lambda place: place.suggested,
    check=lambda filled, place: only_looks(place.choices.says_which_baby(filled)),
    store=_book,
    alike=_alike,
    tells=says_clash,
    to=lambda place: f"/families/{place.banner.family_id}/sessions?done=booked",
    template=_TEMPLATE,
    shows=lambda place: {**_OFFERS, "what": "book", "choices": place.choices, "week": place.week, "done": place.done},
    first=_booked,
    entered=lambda form, place: [*entered_words(form.details(), place.choices), ("Time", f"{form.starts_at:%H:%M}")],
)
MOVE = FormPage(
    path="/{contact_id}/move",
    title="Move an appointment",
    may=STAFF,
    capability=BOOK_APPOINTMENT,
    site=_BOOKED,
    needs=_open_work,
    form=MoveAppointmentForm,
    suggested=_known,
    check=lambda filled, _: only_looks(filled),
    elsewhere=_when_it_is_over,
    store=_move,
    tells=says_clash,
    to=lambda place: f"{place.address}?done=moved",
    template=_TEMPLATE,
    shows=lambda place: _shown("move", place),
    stored=lambda place: session_words(place.line),
    entered=lambda form, place: [
        ("Time", f"{form.starts_at:%H:%M}"),
        *entered_words(replace(place.line.contact.details, **form.booking().changes), place.choices),
    ],
)
CANCEL = FormPage(
    path="/{contact_id}/cancel",
    title="Cancel an appointment",
    may=STAFF,
    capability=BOOK_APPOINTMENT,
    site=_BOOKED,
    needs=_open_work,
    form=CancelAppointmentForm,
    suggested=lambda place: {"version": place.line.contact.version},
    elsewhere=_when_it_is_over,
    store=_cancel,
    to=lambda place: f"{place.address}?done=cancelled",
    template=_TEMPLATE,
    shows=lambda place: _shown("cancel", place),
    asks=_ASKS,
    stored=lambda place: session_words(place.line),
)

add_forms(router, BOOK, MOVE, CANCEL)
