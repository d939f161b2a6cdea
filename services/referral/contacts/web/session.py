"""A family's sessions: the list, and the form that records one."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.domain.contact import BOOKS
from services.referral.contacts.domain.contact_check import AFTER
from services.referral.contacts.queries.session_list import SessionFilter, SessionLine, one_session, session_list
from services.referral.contacts.web.forms.session import SessionForm
from services.referral.contacts.web.session_choices import KINDS, SessionChoices, read_choices
from services.referral.contacts.web.session_words import entered_words, session_words
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.domain.task import PRACTITIONERS
from services.referral.staff.web.access import STAFF, address, code_of, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, settings_of, today_of
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.kernel.errors import Conflict, Refusal
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families/{family_id}/sessions")

DONE = {
    "recorded": "The session is stored.",
    "corrected": "The correction is stored. What was there before is kept.",
    "booked": "The appointment is booked.",
    "moved": "The appointment is moved.",
    "cancelled": "The appointment is cancelled.",
    "liaison": "The conversation is stored.",
    "risk": "The risk is noted, and there is a task to answer today.",
}

Read = tuple[FamilyBanner, SessionChoices, SessionLine | None]
"""The family, what the form offers, and the appointment whose outcome it records."""


@router.get("")
async def show_sessions(
    request: Request,
    family_id: UUID,
    actor: Annotated[Actor, STAFF],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    chosen = _chosen(request)
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "sessions.read")
        sessions = await session_list(work.session, family_id, chosen, page=page)
    path = f"/families/{family_id}/sessions"
    if page > 1 and not sessions.rows:
        return RedirectResponse(_address(path, chosen), 303)
    return render_family(
        request,
        banner,
        "contacts/sessions.html",
        section="sessions",
        sessions=sessions,
        chosen=chosen,
        kinds=list(ContactKind),
        attendances=list(Attendance),
        page_address=partial(_address, path, chosen),
        csv_address=_address(f"{path}.csv", chosen),
        may_record=actor.has(*PRACTITIONERS) and banner.open_episode is not None,
        may_book=actor.has(*BOOKS) and banner.open_episode is not None,
        done=DONE.get(done),
    )


@router.get(".csv")
async def download_sessions(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        await read_family(work, family_id, "sessions.export")
        sessions = await session_list(work.session, family_id, _chosen(request), page=None)
    return csv_download("sessions.csv", _COLUMNS, [_row(line) for line in sessions.rows])


@router.get("/new")
async def show_new(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], appointment: UUID | None = None
) -> Response:
    async with begin(request, actor) as work:
        await remember_actor(request, work)
        read = await _read(work, family_id, appointment)
    return _form(request, read, blank(SessionForm, _suggested(request, actor, read)))


@router.post("/new")
async def record(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, SessionForm)
    appointment = filled.form.contact_id if filled.form and filled.form.version is not None else None
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            read = await _read(work, family_id, appointment)
            filled = read[1].says_which_baby(filled)
            if filled.form is not None:
                await _store(request, filled.form, read[0], work)
    except Refusal as refusal:
        status = status_of(refusal)
        async with begin(request, actor) as work:
            read = await _read(work, family_id, appointment)
        if isinstance(refusal, Conflict) and filled.form is not None:
            return _conflict(request, read, refusal, filled.form)
        return _form(request, read, filled.refused(refusal), status=status)
    if filled.form is None:
        return _form(request, read, filled, status=422)
    form = filled.form
    next_page = f"measures/new?session={form.contact_id}" if form.goes_on_to_measure else "sessions?done=recorded"
    return RedirectResponse(f"/families/{family_id}/{next_page}", 303)


async def _read(work: UnitOfWork, family_id: UUID, appointment: UUID | None) -> Read:
    banner = await read_family(work, family_id, "session.read")
    episode = open_episode_of(banner)
    line = await one_session(work.session, family_id, appointment) if appointment else None
    also = line.contact.details if line else None
    return banner, await read_choices(work, banner, episode.episode_id, also=also), line


async def _store(request: Request, form: SessionForm, banner: FamilyBanner, work: UnitOfWork) -> None:
    episode, settings = open_episode_of(banner), settings_of(request)
    command = RecordContact(
        contact_id=form.contact_id,
        episode_id=episode.episode_id,
        details=form.details(),
        appointment_version=form.version,
        supervision=form.supervision or "",
        missed_before_task=settings.missed_before_task,
        wait_rules=settings.wait_rules,
    )
    await record_contact(command, work)
    if form.risk is not None:
        # The session's own id, so that a form that was sent twice notes one risk.
        await note_risk(NoteRisk(form.contact_id, episode.episode_id, *form.risk, form.contact_id), work)


def _suggested(request: Request, actor: Actor, read: Read) -> dict[str, str | list[str]]:
    _, choices, line = read
    known = {
        "contact_id": str(new_id()),
        **date_inputs("held_on", today_of(request)),
        **choices.suggested(actor.id),
        "attendance": Attendance.ATTENDED.value,
    }
    if line is None:
        return known
    details = line.contact.details
    return {
        **known,
        "contact_id": str(line.contact.id),
        "version": str(line.contact.version),
        **date_inputs("held_on", details.held_on),
        "practitioner": str(details.practitioner_id),
        "kind": details.kind.value,
        "mode": details.mode.value,
        "venue": details.venue.value,
        "people": [str(one) for one in details.people],
        "note": details.note,
    }


def _form(request: Request, read: Read, filled: Filled[SessionForm], *, status: int = 200) -> Response:
    banner, choices, line = read
    return render_family(
        request,
        banner,
        "contacts/session-form.html",
        section="sessions",
        status=status,
        filled=filled,
        choices=choices,
        appointment=line,
        kinds=KINDS,
        attendances=list(Attendance),
        modes=list(ContactMode),
        venues=list(Venue),
        elements=list(Element),
        interpreters=AFTER,
        is_new=True,
        back=f"/families/{banner.family_id}/sessions",
    )


def _conflict(request: Request, read: Read, refusal: Refusal, form: SessionForm) -> Response:
    banner, choices, line = read
    here = f"/families/{banner.family_id}/sessions"
    return render_family(
        request,
        banner,
        "staff/both-versions.html",
        section="sessions",
        status=409,
        refusal=refusal,
        now=session_words(line) if line else [],
        entered=entered_words(form.details(), choices),
        back=f"{here}/{line.contact.id}" if line else here,
    )


def _chosen(request: Request) -> SessionFilter:
    given = request.query_params
    return SessionFilter(code_of(ContactKind, given.get("kind", "")), code_of(Attendance, given.get("attendance", "")))


def _address(path: str, chosen: SessionFilter, page: int | None = None) -> str:
    return address(path, kind=chosen.kind, attendance=chosen.attendance, page=page)


_COLUMNS = (
    "Day",
    "Time",
    "What it was",
    "What happened",
    "Who",
    "Practitioner",
    "How",
    "Where",
    "Minutes",
    "Part of the plan",
    "Interpreter",
    "What the baby showed",
    "What it was made of",
    "Note",
)


def _row(line: SessionLine) -> tuple[str, ...]:
    details = line.contact.details
    return (
        details.held_on.isoformat(),
        moment_words(line.starts_at).split(", ")[1] if line.starts_at else "",
        details.kind.label,
        details.attendance.label if details.attendance else "Booked",
        line.who,
        line.practitioner_name,
        details.mode.label,
        details.venue.label,
        "" if details.minutes is None else str(details.minutes),
        line.intervention.label if line.intervention else "",
        details.interpreter.label if details.interpreter else "",
        details.infant_voice,
        ", ".join(sorted(one.label for one in details.elements)),
        details.note,
    )
