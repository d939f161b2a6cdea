"""A family's sessions: the list, and the form that records one."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.contacts.domain.contact import BOOKS
from services.referral.contacts.queries.session_list import SessionFilter, SessionLine, session_list
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.task import PRACTITIONERS
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.contracts.pathway_codes import Attendance, ContactKind
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.staff.address import address, code_of
from shared.web.csv_file import csv_download

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
        sessions = await session_list(work, family_id, chosen, page=page)
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
        sessions = await session_list(work, family_id, _chosen(request), page=None)
    return csv_download("sessions.csv", _COLUMNS, [_row(line) for line in sessions.rows])


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
