"""Records whose date has passed: proposed by one person, decided by another, and what stays of them."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.governance.commands.confirm_destruction import ConfirmDestruction, confirm_destruction
from services.referral.governance.commands.propose_destruction import ProposeDestruction, propose_destruction
from services.referral.governance.commands.refuse_destruction import RefuseDestruction, refuse_destruction
from services.referral.governance.queries.retention_list import (
    RetentionLine,
    proposed_destruction,
    retention_list,
    tombstones,
)
from services.referral.governance.web.forms.governance import Decision, DestroyForm, ProposeForm
from services.referral.governance.web.glass_review import LEAD
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.staff.address import address
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()

DONE = {
    "proposed": "The destruction is proposed. Another team lead decides it.",
    "keep": "The record is kept.",
    "destroy": "The record was destroyed. What stays is below.",
}


@router.get("/retention")
async def show_retention(
    request: Request, actor: Annotated[Actor, LEAD], page: Annotated[int, Query(ge=1, le=10_000)] = 1, done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        records = await retention_list(work, page=page)
        destroyed = await tombstones(work.session)
        work.record("retention.read")
    if page > 1 and not records.rows:
        return RedirectResponse("/retention", 303)
    return render(
        request,
        "governance/retention.html",
        records=records,
        destroyed=destroyed,
        page_address=partial(address, "/retention"),
        done=DONE.get(done),
        back="/record-keeping",
    )


@router.get("/retention.csv")
async def download_retention(request: Request, actor: Annotated[Actor, LEAD]) -> Response:
    async with begin(request, actor) as work:
        records = await retention_list(work, page=None)
        work.record("retention.export")
    return csv_download("records-to-review.csv", _COLUMNS, [_row(line) for line in records.rows])


@router.get("/families/{family_id}/destruction")
async def show_propose(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _propose_page(request, family_id, actor, blank(ProposeForm))


@router.post("/families/{family_id}/destruction")
async def propose(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, ProposeForm)
    if filled.form is None:
        return await _propose_page(request, family_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "record.read")
            await propose_destruction(ProposeDestruction(family_id, filled.form.note), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        return await _propose_page(request, family_id, actor, filled.refused(refusal), status=status_of(refusal))
    return RedirectResponse(f"/families/{family_id}/record?done=proposed", 303)


@router.get("/retention/{destruction_id}")
async def show_decide(request: Request, destruction_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    return await _decide_page(request, destruction_id, actor, blank(DestroyForm))


@router.post("/retention/{destruction_id}")
async def decide(request: Request, destruction_id: UUID, actor: Annotated[Actor, LEAD]) -> Response:
    filled = await read_form(request, DestroyForm)
    if filled.form is None:
        return await _decide_page(request, destruction_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await remember_actor(request, work)
            if filled.form.decision is Decision.DESTROY:
                await confirm_destruction(ConfirmDestruction(destruction_id), work)
            else:
                await refuse_destruction(RefuseDestruction(destruction_id), work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _decide_page(request, destruction_id, actor, filled.refused(refusal), status=status)
    return RedirectResponse(f"/retention?done={filled.form.decision.value}", 303)


async def _propose_page(
    request: Request, family_id: UUID, actor: Actor, filled: Filled[ProposeForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "record.read")
    return render_family(
        request,
        banner,
        "governance/destruction-propose.html",
        section="record",
        status=status,
        filled=filled,
        back=f"/families/{family_id}/record",
    )


async def _decide_page(
    request: Request, destruction_id: UUID, actor: Actor, filled: Filled[DestroyForm], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        line = await proposed_destruction(work, destruction_id)
        work.record("retention.read")
    return render(
        request,
        "governance/destruction.html",
        status=status,
        line=line,
        filled=filled,
        decisions=list(Decision),
        is_own=line.proposed_by == actor.id,
        back="/retention",
    )


_COLUMNS = ("Reference", "People", "Kept until", "Rule", "Holds", "Destruction proposed by")


def _row(line: RetentionLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.names,
        line.kept.until.isoformat() if line.kept.until else "",
        line.kept.rule.rule.label if line.kept.rule else "",
        "; ".join(hold.label for hold in line.kept.holds),
        line.proposed_by_name or "",
    )
