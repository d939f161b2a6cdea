"""Groups: the list, a new one, and one group's page with who takes part and when it met."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from services.referral.groups.commands.end_group import EndGroup, end_group
from services.referral.groups.commands.leave_group import LeaveGroup, leave_group
from services.referral.groups.commands.open_group import open_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.queries.group_record import (
    GroupFilter,
    GroupLine,
    GroupState,
    RegisterLine,
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
from shared.staff.column import PLAIN, Column
from shared.staff.download import Download, download_at
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork
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


async def _find(asked: Asked[GroupFilter]) -> Listing[GroupLine]:
    return group_list(asked.chosen)


async def _more(asked: Asked[GroupFilter]) -> dict[str, Any]:
    return {"may_open": asked.work.actor.has(*PRACTITIONERS)}


GROUPS = ListPage(
    path="/groups",
    may=STAFF,
    reads="groups.read",
    exports="groups.export",
    filters=(Filter("state", GroupState, "Groups", usual=GroupState.GOES_ON),),
    chosen=GroupFilter,
    find=_find,
    columns=(
        Column("Group", lambda line: line.name, cell="group"),
        Column("What it does", lambda line: line.intervention, cell=PLAIN),
        Column("Practitioner", lambda line: line.practitioner_name, cell=PLAIN),
        Column("Where", lambda line: line.venue, cell=PLAIN),
        Column("Places taken", cell="places"),
        Column("Places", lambda line: line.capacity),
        Column("Taken", lambda line: line.taken),
        Column("From", lambda line: line.starts_on, cell="days"),
        Column("Until", lambda line: line.ended_on),
        Column("Sessions so far", cell="sessions"),
        Column("Sessions", lambda line: line.sessions),
    ),
    template="groups/groups.html",
    more=_more,
    file_name="groups.csv",
)
add_list(router, GROUPS)


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


@download_at(router, "/groups/{group_id}/register.csv")
async def download_register(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Download[RegisterLine]:
    async with begin(request, actor) as work:
        await Groups(work).get(group_id)
        lines = await group_register(work, group_id)
        work.record("group.export", group_id)
    return Download("register.csv", _REGISTER, lines)


_REGISTER: Sequence[Column[RegisterLine]] = (
    Column("Day", lambda line: line.held_on),
    Column("Topic", lambda line: line.topic),
    Column("Minutes", lambda line: line.minutes),
    Column("Reference", lambda line: line.reference),
    Column("What happened", lambda line: RESTRICTED if line.is_restricted else line.attendance),
)


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
