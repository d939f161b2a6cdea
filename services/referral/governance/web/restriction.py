"""Who may see a family's record: the team lead's page."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.commands.lift_restriction import LiftRestriction, lift_restriction
from services.referral.governance.commands.restrict_family import restrict_family
from services.referral.governance.web.forms.governance import LiftForm, RestrictForm
from services.referral.governance.web.glass_review import LEAD
from services.referral.people.database.restrictions import Restrictions
from services.referral.people.domain.restriction import Restriction, RestrictionReason
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.queries.colleague_list import colleague_list
from services.referral.staff.web.access import remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")


@router.get("/{family_id}/restriction")
async def show_restriction(request: Request, family_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _page(request, family_id, actor)


@router.post("/{family_id}/restriction")
async def restrict(request: Request, family_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, RestrictForm)
    if filled.form is None:
        return await _page(request, family_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "restriction.read")
            await restrict_family(filled.form.to_command(family_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _page(request, family_id, actor, _again(filled, refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/record?done=restricted", 303)


@router.post("/{family_id}/restriction/lift")
async def lift(request: Request, family_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    lifted = await read_form(request, LiftForm)
    if lifted.form is None:
        return await _page(request, family_id, actor, lifted=lifted, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "restriction.read")
            await lift_restriction(LiftRestriction(family_id, lifted.form.seen, lifted.form.lift_note), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _page(request, family_id, actor, lifted=_again(lifted, refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/record?done=unrestricted", 303)


def _again(filled: Filled[Any], refusal: Refusal) -> Filled[Any]:
    """After a conflict the page shows the present restriction, and the form decides on that one."""
    refused = filled.refused(refusal)
    if isinstance(refusal, Conflict):
        refused.posted.pop("seen", None)
    return refused


async def _page(
    request: Request,
    family_id: UUID,
    actor: Actor,
    filled: Filled[RestrictForm] | None = None,
    *,
    lifted: Filled[LiftForm] | None = None,
    status: int = 200,
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "restriction.read")
        restriction = await Restrictions(work).read(family_id)
        colleagues = await colleague_list(work.session)
    return render_family(
        request,
        banner,
        "governance/restriction.html",
        section="record",
        status=status,
        restriction=restriction,
        colleagues=colleagues,
        reasons=list(RestrictionReason),
        filled=lifted if lifted and lifted.errors else filled or _known(restriction),
        form=filled or _known(restriction),
        lifted=lifted or blank(LiftForm),
        back=f"/families/{family_id}/record",
    )


def _known(restriction: Restriction | None) -> Filled[RestrictForm]:
    if restriction is None:
        return blank(RestrictForm)
    named = sorted(str(one) for one in restriction.colleagues)
    return blank(RestrictForm, {"reason": restriction.reason.value, "colleagues": named, "note": restriction.note})
