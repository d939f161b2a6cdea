"""Appointments: booked, moved and cancelled. What is needed to take part is shown before anything is booked."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.contacts.commands.book_appointment import BookAppointment, book_appointment
from services.referral.contacts.commands.cancel_appointment import CancelAppointment, cancel_appointment
from services.referral.contacts.commands.move_appointment import MoveAppointment, move_appointment
from services.referral.contacts.domain.contact_check import BEFORE
from services.referral.contacts.queries.session_list import SessionLine, one_session
from services.referral.contacts.web.forms.session import BookingForm, CancelAppointmentForm, MoveAppointmentForm
from services.referral.contacts.web.session_choices import KINDS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin
from shared.contracts.pathway_codes import Attendance, ContactMode, Venue
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.clock import LONDON
from shared.kernel.errors import Conflict, Refusal
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.forms import AnyForm, Filled, blank, read_form

router = APIRouter(prefix="/families/{family_id}/appointments")

CANCELLATIONS = [Attendance.CANCELLED_BY_FAMILY, Attendance.CANCELLED_BY_SERVICE]

Read = tuple[FamilyBanner, SessionChoices, SessionLine | None]
"""The family, what a form offers, and the appointment that it is about."""


@router.get("/new")
async def show_new(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        await remember_actor(request, work)
        read = await _read(work, family_id)
    known = {"contact_id": str(new_id()), **read[1].suggested(actor.id)}
    return _page(request, read, "book", blank(BookingForm, known))


@router.post("/new")
async def book(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, BookingForm)
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            read = await _read(work, family_id)
            filled = read[1].says_which_baby(filled)
            if (form := filled.form) is not None:
                episode_id = open_episode_of(read[0]).episode_id
                await book_appointment(BookAppointment(form.contact_id, episode_id, form.moment, form.details()), work)
    except Refusal as refusal:
        return await _refused(request, actor, (family_id, None), "book", filled, refusal)
    if filled.form is None:
        return _page(request, read, "book", filled, status=422)
    return RedirectResponse(f"/families/{family_id}/sessions?done=booked", 303)


@router.get("/{contact_id}/move")
async def show_move(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, contact_id)
    if read[2] is not None and not read[2].is_open:
        return RedirectResponse(f"/families/{family_id}/sessions/{contact_id}", 303)
    return _page(request, read, "move", blank(MoveAppointmentForm, _known(read[2])))


@router.post("/{contact_id}/move")
async def move(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, MoveAppointmentForm)
    try:
        async with begin(request, actor) as work:
            read = await _read(work, family_id, contact_id)
            if (form := filled.form) is not None:
                await remember_actor(request, work)
                episode_id = open_episode_of(read[0]).episode_id
                await move_appointment(MoveAppointment(contact_id, episode_id, form.version, form.booking()), work)
    except Refusal as refusal:
        return await _refused(request, actor, (family_id, contact_id), "move", filled, refusal)
    if filled.form is None:
        return _page(request, read, "move", filled, status=422)
    return RedirectResponse(f"/families/{family_id}/sessions/{contact_id}?done=moved", 303)


@router.get("/{contact_id}/cancel")
async def show_cancel(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        read = await _read(work, family_id, contact_id)
    if read[2] is not None and not read[2].is_open:
        return RedirectResponse(f"/families/{family_id}/sessions/{contact_id}", 303)
    return _page(request, read, "cancel", blank(CancelAppointmentForm, {"version": _known(read[2])["version"]}))


@router.post("/{contact_id}/cancel")
async def cancel(request: Request, family_id: UUID, contact_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, CancelAppointmentForm)
    try:
        async with begin(request, actor) as work:
            read = await _read(work, family_id, contact_id)
            if (form := filled.form) is not None:
                await remember_actor(request, work)
                episode_id = open_episode_of(read[0]).episode_id
                words = (form.version, form.attendance, form.note or "")
                await cancel_appointment(CancelAppointment(contact_id, episode_id, *words), work)
    except Refusal as refusal:
        return await _refused(request, actor, (family_id, contact_id), "cancel", filled, refusal)
    if filled.form is None:
        return _page(request, read, "cancel", filled, status=422)
    return RedirectResponse(f"/families/{family_id}/sessions/{contact_id}?done=cancelled", 303)


async def _read(work: UnitOfWork, family_id: UUID, contact_id: UUID | None = None) -> Read:
    banner = await read_family(work, family_id, "appointment.read")
    episode = open_episode_of(banner)
    line = await one_session(work.session, family_id, contact_id) if contact_id else None
    return banner, await read_choices(work, banner, episode.episode_id), line


async def _refused(
    request: Request,
    actor: Actor,
    about: tuple[UUID, UUID | None],
    what: str,
    filled: Filled[AnyForm],
    refusal: Refusal,
) -> Response:
    status, (family_id, contact_id) = status_of(refusal), about
    async with begin(request, actor) as work:
        read = await _read(work, family_id, contact_id)
    banner, _, line = read
    if not isinstance(refusal, Conflict) or line is None:
        return _page(request, read, what, filled.refused(refusal), status=status)
    back = f"/families/{family_id}/sessions/{contact_id}"
    return render_family(
        request,
        banner,
        "staff/both-versions.html",
        section="sessions",
        status=409,
        refusal=refusal,
        now=session_words(line),
        entered=_entered(filled.form),
        back=back,
    )


def _entered(form: object) -> list[tuple[str, str]]:
    match form:
        case MoveAppointmentForm():
            return [
                ("Day", date_words(form.starts_on)),
                ("Time", f"{form.starts_at:%H:%M}"),
                ("How", form.mode.label),
                ("Where", form.venue.label),
            ]
        case CancelAppointmentForm():
            return [("What happened", form.attendance.label), ("Note", form.note or "None")]
        case _:
            return []


def _known(line: SessionLine | None) -> dict[str, Any]:
    if line is None or line.starts_at is None:
        return {"version": ""}
    details, starts_at = line.contact.details, line.starts_at.astimezone(LONDON)
    return {
        "version": str(line.contact.version),
        **date_inputs("starts_on", details.held_on),
        "starts_at": f"{starts_at:%H:%M}",
        "practitioner": str(details.practitioner_id),
        "mode": details.mode.value,
        "venue": details.venue.value,
        "interpreter": details.interpreter.value if details.interpreter else "",
    }


def _page(request: Request, read: Read, what: str, filled: Filled[AnyForm], *, status: int = 200) -> Response:
    banner, choices, line = read
    root = f"/families/{banner.family_id}/sessions"
    return render_family(
        request,
        banner,
        "contacts/appointment-form.html",
        section="sessions",
        status=status,
        what=what,
        filled=filled,
        choices=choices,
        line=line,
        booked_for=moment_words(line.starts_at) if line and line.starts_at else "",
        kinds=KINDS,
        modes=list(ContactMode),
        venues=list(Venue),
        interpreters=BEFORE,
        cancellations=CANCELLATIONS,
        back=f"{root}/{line.contact.id}" if line else root,
    )
