"""Holds: what keeps a family's record whatever its date says. The team lead's pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.commands.lift_hold import LiftHold, lift_hold
from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.domain.retention import HoldReason
from services.referral.governance.web.forms.governance import HoldForm, LiftHoldForm
from services.referral.governance.web.glass_review import LEAD
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.web.forms import AnyForm, Filled, blank, read_form

router = APIRouter(prefix="/families")


@router.get("/{family_id}/holds/new")
async def show_new_hold(request: Request, family_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _page(request, family_id, actor, blank(HoldForm))


@router.post("/{family_id}/holds/new")
async def place(request: Request, family_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, HoldForm)
    if filled.form is None:
        return await _page(request, family_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "record.read")
            await place_hold(PlaceHold(family_id, filled.form.reason, filled.form.note), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return await _page(request, family_id, actor, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/record?done=held", 303)


@router.get("/{family_id}/holds/{hold_id}/lift")
async def show_lift(request: Request, family_id: UUID, hold_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _page(request, family_id, actor, blank(LiftHoldForm), hold_id=hold_id)


@router.post("/{family_id}/holds/{hold_id}/lift")
async def lift(request: Request, family_id: UUID, hold_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, LiftHoldForm)
    if filled.form is None:
        return await _page(request, family_id, actor, filled, hold_id=hold_id, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "record.read")
            await lift_hold(LiftHold(family_id, hold_id, filled.form.note), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        refused = filled.refused(refusal)
        return await _page(request, family_id, actor, refused, hold_id=hold_id, status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/record?done=lifted", 303)


async def _page(
    request: Request,
    family_id: UUID,
    actor: Actor,
    filled: Filled[AnyForm],
    *,
    hold_id: UUID | None = None,
    status: int = 200,
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "record.read")
    return render_family(
        request,
        banner,
        "governance/hold.html",
        section="record",
        status=status,
        filled=filled,
        hold_id=hold_id,
        reasons=list(HoldReason),
        back=f"/families/{family_id}/record",
    )
