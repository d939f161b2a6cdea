"""Groups: the list, a new one, and one group's page with who takes part and when it met."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from services.referral.groups.commands.end_group import EndGroup, end_group
from services.referral.groups.commands.leave_group import LeaveGroup, leave_group
from services.referral.groups.commands.open_group import open_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.queries.group_record import (
    GroupState,
    group_list,
    group_members,
    group_register,
    sessions_of,
    who_could_join,
)
from services.referral.groups.web.forms.group import EndGroupForm, GroupForm, JoinForm, LeaveForm
from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.domain.restricted_record import RESTRICTED
from services.referral.staff.domain.task import PRACTITIONERS
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.staff.address import address, code_of
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()

VENUES = [venue for venue in Venue if venue is not Venue.REMOTE]
DONE = {
    "opened": "The group is open.",
    "joined": "They take part in the group.",
    "left": "They do not take part any more. What was recorded stays.",
    "ended": "The group has an end.",
    "held": "The register is stored. Each family has the session on its own page.",
}


@router.get("/groups")
async def show_groups(
    request: Request, actor: Annotated[Actor, STAFF], page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    state = _state(request)
    async with begin(request, actor) as work:
        groups = await group_list(work.session, state, page=page)
        work.record("groups.read")
    if page > 1 and not groups.rows:
        return RedirectResponse(_address("/groups", state), 303)
    return render(
        request,
        "groups/groups.html",
        groups=groups,
        chosen=state,
        states=list(GroupState),
        page_address=partial(_address, "/groups", state),
        csv_address=_address("/groups.csv", state),
        may_open=actor.has(*PRACTITIONERS),
    )


@router.get("/groups.csv")
async def download_groups(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        groups = await group_list(work.session, _state(request), page=None)
        work.record("groups.export")
    columns = ("Group", "What it does", "Practitioner", "Where", "Places", "Taken", "From", "Until", "Sessions")
    rows = [
        (
            line.name,
            line.intervention.label,
            line.practitioner_name,
            line.venue.label,
            line.capacity,
            line.taken,
            line.starts_on.isoformat(),
            line.ended_on.isoformat() if line.ended_on else "",
            line.sessions,
        )
        for line in groups.rows
    ]
    return csv_download("groups.csv", columns, rows)


@router.get("/groups/new")
async def show_new_group(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    known = {"group_id": str(new_id()), "practitioner": str(actor.id), **date_inputs("starts_on", today_of(request))}
    return await _new(request, actor, blank(GroupForm, known))


@router.post("/groups/new")
async def add_group(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, GroupForm)
    if filled.form is None:
        return await _new(request, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            await open_group(filled.form.to_command(), work)
    except Refusal as refusal:
        return await _new(request, actor, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/groups/{filled.form.group_id}?done=opened", 303)


@router.get("/groups/{group_id}")
async def show_group(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    return await group_page(request, actor, group_id, done=DONE.get(done))


@router.get("/groups/{group_id}/register.csv")
async def download_register(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        await Groups(work).get(group_id)
        lines = await group_register(work, group_id)
        work.record("group.export", group_id)
    rows = [
        (
            line.held_on.isoformat(),
            line.topic,
            line.minutes,
            line.reference,
            RESTRICTED if line.is_restricted else line.attendance.label if line.attendance else "",
        )
        for line in lines
    ]
    return csv_download("register.csv", ("Day", "Topic", "Minutes", "Reference", "What happened"), rows)


@router.post("/groups/{group_id}/join")
async def join(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, JoinForm)
    if filled.form is None:
        return await group_page(request, actor, group_id, joining=filled, status=422)
    try:
        async with begin(request, actor) as work:
            await add_to_group(AddToGroup(group_id, filled.form.dyad), work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await group_page(request, actor, group_id, joining=filled.refused(refusal), status=status)
    return RedirectResponse(f"/groups/{group_id}?done=joined", 303)


@router.post("/groups/{group_id}/leave")
async def leave(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, LeaveForm)
    if filled.form is None:
        return await group_page(request, actor, group_id, status=422)
    async with begin(request, actor) as work:
        await leave_group(LeaveGroup(group_id, filled.form.place), work)
    return RedirectResponse(f"/groups/{group_id}?done=left", 303)


@router.post("/groups/{group_id}/end")
async def end(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, EndGroupForm)
    if filled.form is None:
        return await group_page(request, actor, group_id, ending=filled, status=422)
    try:
        async with begin(request, actor) as work:
            await end_group(EndGroup(group_id, filled.form.version, filled.form.ended_on), work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await group_page(request, actor, group_id, ending=filled.refused(refusal), status=status)
    return RedirectResponse(f"/groups/{group_id}?done=ended", 303)


async def group_page(
    request: Request,
    actor: Actor,
    group_id: UUID,
    *,
    joining: Filled[JoinForm] | None = None,
    ending: Filled[EndGroupForm] | None = None,
    **shown: Any,
) -> Response:
    """A group's page, with what somebody entered on it."""
    async with begin(request, actor) as work:
        group, context = await _read(request, work, group_id)
    may_change = actor.has(*PRACTITIONERS) and group.ended_on is None
    return render(
        request,
        "groups/group.html",
        group=group,
        joining=joining or blank(JoinForm),
        ending=ending or blank(EndGroupForm, {"version": str(group.version)}),
        may_change=may_change,
        back="/groups",
        **context,
        **shown,
    )


async def _read(request: Request, work: UnitOfWork, group_id: UUID) -> tuple[Any, dict[str, Any]]:
    group, asking = await Groups(work).get(group_id), asking_of(request, work)
    members = await group_members(work, asking, group_id)
    now = {line.dyad_id for line in members if line.left_on is None}
    context = {
        "members": members,
        "sessions": sessions_of(await group_register(work, group_id)),
        "choices": [line for line in await who_could_join(work.session, asking) if line.dyad_id not in now],
        "leader": await Colleagues(work.session).name(group.practitioner_id),
        "taken": len(now),
    }
    work.record("group.read", group_id)
    return group, context


async def _new(request: Request, actor: Actor, filled: Filled[GroupForm], *, status: int = 200) -> Response:
    async with begin(request, actor) as work:
        await remember_actor(request, work)
        practitioners = await Colleagues(work.session).practitioners()
    return render(
        request,
        "groups/group-form.html",
        status=status,
        filled=filled,
        practitioners=practitioners,
        interventions=list(Intervention),
        venues=VENUES,
        back="/groups",
    )


def _state(request: Request) -> GroupState:
    return code_of(GroupState, request.query_params.get("state", "")) or GroupState.GOES_ON


def _address(path: str, state: GroupState, page: int | None = None) -> str:
    return address(path, state=None if state is GroupState.GOES_ON else state, page=page)
