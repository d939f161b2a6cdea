"""Opening a restricted record in an emergency, and the team lead's review of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.governance.commands.review_break_glass import ReviewBreakGlass, review_break_glass
from services.referral.governance.queries.break_glass_list import (
    OpeningFilter,
    OpeningLine,
    break_glass_list,
    one_opening,
)
from services.referral.governance.web.forms.governance import BreakGlassForm, ReviewForm
from services.referral.governance.web.refused import restricted_page
from services.referral.people.domain.restriction import BreakGlassFinding
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin, today_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal, RuleBroken
from shared.staff.column import Column
from shared.staff.filter import Filter, Yes
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render
from shared.web.permissions import need

router = APIRouter()

LEAD = need(Role.TEAM_LEAD)


@router.post("/families/{family_id}/break-glass")
async def open_record(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    root = f"/families/{family_id}"
    filled = await read_form(request, BreakGlassForm)
    if filled.form is None:
        return restricted_page(request, root, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await break_glass(BreakGlass(family_id, filled.form.reason), work)
            await remember_actor(request, work)
    except RuleBroken as refusal:
        return restricted_page(request, root, filled.refused(refusal), status=422)
    except Conflict:
        return RedirectResponse(root, 303)
    return RedirectResponse(root, 303)


async def _find(asked: Asked[OpeningFilter]) -> Listing[OpeningLine]:
    return break_glass_list(asked.work.today, asked.chosen)


OPENINGS = ListPage(
    path="/break-glass",
    may=LEAD,
    reads="break_glass.read",
    exports="break_glass.export",
    filters=(Filter("every", Yes),),
    chosen=OpeningFilter,
    find=_find,
    columns=(
        Column("Reference", lambda line: line.reference),
        Column("Record", cell="record"),
        Column("Opened by", lambda line: line.opened_by_name, cell="opener"),
        Column("Opened", cell="opened"),
        Column("Opened at (UTC)", lambda line: line.opened_at),
        Column("Until (UTC)", lambda line: line.until),
        Column("Why", cell="why"),
        Column("Reason", lambda line: line.reason),
        Column("Review due on", lambda line: line.review_due_on),
        Column("Finding", lambda line: line.finding),
        Column("Review", lambda line: line.review_note, cell="review"),
    ),
    template="governance/break-glass.html",
    done={"reviewed": "The review is stored."},
    file_name="restricted-records-opened.csv",
)
add_list(router, OPENINGS)


@router.get("/break-glass/{break_glass_id}")
async def show_opening(request: Request, break_glass_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _page(request, break_glass_id, actor, blank(ReviewForm))


@router.post("/break-glass/{break_glass_id}")
async def review(request: Request, break_glass_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, ReviewForm)
    if filled.form is None:
        return await _page(request, break_glass_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            form = filled.form
            await review_break_glass(ReviewBreakGlass(break_glass_id, form.finding, form.note), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _page(request, break_glass_id, actor, filled.refused(refusal), status=status)
    return RedirectResponse("/break-glass?done=reviewed", 303)


async def _page(
    request: Request, break_glass_id: UUID, actor: Actor, filled: Filled[ReviewForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        opening = await one_opening(work.session, break_glass_id, today_of(request))
        work.record("break_glass.read", opening.family_id)
    return render(
        request,
        "governance/break-glass-review.html",
        status=status,
        opening=opening,
        filled=filled,
        findings=list(BreakGlassFinding),
        is_own=opening.opened_by == actor.id,
        back="/break-glass",
    )
