"""The register of a group: one page, ticked once, and each family has the session on its own page."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.groups.commands.hold_group_session import HoldGroupSession, hold_group_session
from services.referral.groups.database.groups import Groups
from services.referral.groups.queries.group_record import group_on_register
from services.referral.groups.web.forms.group import RegisterForm
from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/groups/{group_id}/sessions")


@router.get("/new")
async def show_register(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    known = {"session_id": str(new_id()), "practitioner": str(actor.id), **date_inputs("held_on", today_of(request))}
    return await _page(request, actor, group_id, blank(RegisterForm, known))


@router.post("/new")
async def hold(request: Request, group_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, RegisterForm)
    if filled.form is None:
        return await _page(request, actor, group_id, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            await hold_group_session(HoldGroupSession(group_id, filled.form.to_session()), work)
    except Refusal as refusal:
        return await _page(request, actor, group_id, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/groups/{group_id}?done=held", 303)


async def _page(
    request: Request, actor: Actor, group_id: UUID, filled: Filled[RegisterForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        await remember_actor(request, work)
        group = await Groups(work).get(group_id)
        members = await group_on_register(work, asking_of(request, work), group_id)
        practitioners = await Colleagues(work.session).practitioners()
        work.record("group.read", group_id)
    return render(
        request,
        "groups/group-register.html",
        status=status,
        group=group,
        members=members,
        practitioners=practitioners,
        filled=filled,
        back=f"/groups/{group_id}",
    )
