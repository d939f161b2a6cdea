"""One referral, and beside it the decision: accept it or close it."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.commands.accept_referral import accept_referral
from services.referral.commands.close_referral import close_referral
from services.referral.domain.remit import Remit
from services.referral.domain.tier import OPENING_RULES
from services.referral.domain.triage import DECIDES
from services.referral.queries.referral_record import ReferralRecord, referral_record
from services.referral.web.dates import date_inputs
from services.referral.web.entered import entered_acceptance, entered_closure
from services.referral.web.forms.decision import AcceptForm, CloseForm
from services.referral.web.forms.support_flag import SupportFlag
from services.referral.web.staff import STAFF, remember_actor, status_of
from services.referral.web.work import begin, settings_of, today_of
from shared.contracts.vocabulary import DeclineReason, TriageOutcome, Urgency
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/referrals")

FIRST_REVIEW = timedelta(weeks=12)
"""What the form suggests. Source: reference 1.2, targeted and specialist."""


@router.get("/{referral_id}")
async def show_referral(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    record = await _read(request, referral_id, actor)
    return _page(request, actor, record)


@router.post("/{referral_id}/accept")
async def accept(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, AcceptForm)
    if filled.form is None:
        return _page(request, actor, await _read(request, referral_id, actor), accepting=filled, status=422)
    try:
        async with begin(request, actor) as work:
            accepted = await accept_referral(filled.form.to_command(referral_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        record = await _read(request, referral_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, record, refusal, entered_acceptance(filled.form))
        return _page(request, actor, record, accepting=filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{accepted.family_id}?done=accepted", 303)


@router.post("/{referral_id}/close")
async def close(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, CloseForm)
    if filled.form is None:
        return _page(request, actor, await _read(request, referral_id, actor), closing=filled, status=422)
    try:
        async with begin(request, actor) as work:
            await close_referral(filled.form.to_command(referral_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        record = await _read(request, referral_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, record, refusal, entered_closure(filled.form))
        return _page(request, actor, record, closing=filled.refused(refusal), status=status)
    return RedirectResponse("/triage?done=closed", 303)


async def _read(request: Request, referral_id: UUID, actor: Actor) -> ReferralRecord:
    remit = Remit(settings_of(request).upper_age_years)
    async with begin(request, actor) as work:
        record = await referral_record(work.session, referral_id, work.today, remit)
        work.record("referral.read", referral_id)
    return record


def _page(
    request: Request,
    actor: Actor,
    record: ReferralRecord,
    *,
    accepting: Filled[AcceptForm] | None = None,
    closing: Filled[CloseForm] | None = None,
    status: int = 200,
) -> Response:
    seen = str(record.referral.version)
    suggested: dict[str, Any] = {
        "version": seen,
        "flags": [SupportFlag.DIRECT_WORK.value],
        **date_inputs("review_on", today_of(request) + FIRST_REVIEW),
    }
    return render(
        request,
        "staff/referral.html",
        status=status,
        record=record,
        may_decide=actor.has(*DECIDES),
        filled=accepting or closing,
        accepting=accepting or blank(AcceptForm, suggested),
        closing=closing or blank(CloseForm, {"version": seen}),
        levels=list(OPENING_RULES),
        urgencies=list(Urgency),
        flags=list(SupportFlag),
        outcomes=list(TriageOutcome),
        decline_reasons=list(DeclineReason),
        target=settings_of(request).triage_target_working_days,
        upper_age_years=settings_of(request).upper_age_years,
        back="/triage",
    )


def _conflict(request: Request, record: ReferralRecord, refusal: Refusal, entered: list[tuple[str, str]]) -> Response:
    return render(
        request,
        "staff/referral-conflict.html",
        status=409,
        record=record,
        refusal=refusal,
        entered=entered,
        back=f"/referrals/{record.referral.id}",
    )
