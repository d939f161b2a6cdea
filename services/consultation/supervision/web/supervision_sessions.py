"""Supervision sessions: one with all who are in it, and the list of somebody's."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.database.notes import SupervisionNotes
from services.consultation.supervision.domain.supervision_access import sees_session
from services.consultation.supervision.queries.session_list import (
    SupervisionLine,
    names_of,
    one_session,
    session_list,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import LONDON
from shared.staff.column import PLAIN, Column
from shared.staff.list_page import Asked, Frame, ListPage, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/supervision")

DONE = {
    "recorded": "Saved",
    "change": "Saved",
    "cancel": "It is cancelled, and counts as 0 minutes.",
    "left": "Saved: their own minutes count.",
    "notes": "The notes are saved.",
}


@router.get("/sessions/{session_id}")
async def show_session(
    request: Request, session_id: UUID, actor: Annotated[Actor, SUPERVISED], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        shown = await one_session(work, session_id)
        work.record("supervision_session.read", session_id)
        notes = await SupervisionNotes(work).open_in(shown.session)
        is_over = shown.session.meeting.starts_at <= work.now
    return render(
        request,
        "supervision/session.html",
        shown=shown,
        is_over=is_over,
        ends=f"{shown.session.meeting.ends_at.astimezone(LONDON):%H:%M}",
        notes=notes,
        back="/supervision",
        done=DONE.get(done),
    )


async def _opens(work: UnitOfWork, action: str, supervisee_id: UUID) -> Frame:
    await Agreements(work).check_seen(supervisee_id)
    work.record(action, supervisee_id)
    is_own = supervisee_id == work.actor.id
    name = (await names_of(work)).get(supervisee_id, "A colleague")
    back = "/supervision" if is_own else f"/supervision/people/{supervisee_id}"
    return {"whose": supervisee_id, "name": name, "back": back, "sees": partial(sees_session, work.actor)}


async def _find(asked: Asked[Unfiltered]) -> Listing[SupervisionLine]:
    return await session_list(asked.work, asked.at["supervisee_id"])


SESSIONS = ListPage(
    path="/people/{supervisee_id}/sessions",
    may=SUPERVISED,
    reads="supervision_sessions.read",
    exports="supervision_sessions.export",
    opens=_opens,
    find=_find,
    columns=(
        Column("Day", lambda line: line.on, cell="day", heads_row=True, place="who"),
        Column("Kind", lambda line: line.session.meeting.kind, cell=PLAIN, place="needs"),
        Column("Supervisor", lambda line: line.supervisor, cell=PLAIN, place="last"),
        Column("What became of it", lambda line: line.session.state, cell="state", place="tag"),
        Column("Minutes", lambda line: line.counted, cell=PLAIN, is_number=True, place="next"),
    ),
    template="supervision/sessions.html",
    file_name="supervision-sessions.csv",
)
add_list(router, SESSIONS)
