"""One referral, and beside it the decision: accept it or close it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.accept_referral import accept_referral
from services.referral.intake.commands.close_referral import close_referral
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import TargetService, Told, may_be_reopened
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.queries.referral_record import ReferralRecord, referral_record
from services.referral.intake.web.compared import compared
from services.referral.intake.web.entered import entered_acceptance, entered_closure
from services.referral.intake.web.forms.decision import NEW_FAMILY, AcceptForm, CloseForm
from services.referral.intake.web.known_families import joinable_families, known_families
from services.referral.people.domain.record_right import DECIDES
from services.referral.people.domain.remit import Remit
from services.referral.staff.database.colleagues import Colleagues, Practitioner
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, settings_of, today_of
from services.referral.support.domain.tier import OPENING_RULES
from services.referral.support.web.forms.support_flag import SupportFlag
from shared.contracts.vocabulary import DeclineReason, TriageOutcome, Urgency
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/referrals")

DONE = {
    "received": "The referral is stored. Decide on it now, or leave it in the triage queue.",
    "asked": "What is missing was noted. The referral waits for an answer.",
    "supplied": "The answer is stored. The referral waits for a decision.",
    "prioritised": "The priority is stored.",
    "reopened": "The referral is open again.",
}

FIRST_REVIEW = timedelta(weeks=12)
"""What the form suggests. Source: reference 1.2, targeted and specialist."""


@router.get("/{referral_id}")
async def show_referral(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return _page(request, actor, await _read(request, referral_id, actor))


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
        read = await _read(request, referral_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, read.record, refusal, entered_acceptance(filled.form))
        return _page(request, actor, read, accepting=filled.refused(refusal), status=status)
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
        read = await _read(request, referral_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, read.record, refusal, entered_closure(filled.form))
        return _page(request, actor, read, closing=filled.refused(refusal), status=status)
    return RedirectResponse("/triage?done=closed", 303)


@dataclass(frozen=True)
class _Read:
    """All that the page shows."""

    record: ReferralRecord
    duplicates: Sequence[PossibleDuplicate]
    practitioners: Sequence[Practitioner]


async def _read(request: Request, referral_id: UUID, actor: Actor) -> _Read:
    remit = Remit(settings_of(request).upper_age_years)
    async with begin(request, actor) as work:
        record = await referral_record(work, referral_id, work.today, remit)
        duplicates = await _duplicates(record, work)
        practitioners = await Colleagues(work.session).practitioners()
        work.record("referral.read", referral_id)
    return _Read(record, duplicates, practitioners)


async def _duplicates(record: ReferralRecord, work: UnitOfWork) -> Sequence[PossibleDuplicate]:
    """While it waits for a decision."""
    if record.referral.decision is not None:
        return []
    seeker = Seeker(work.actor, work.now, record.referral.id)
    (found,) = await possible_duplicates(work.session, [description_of(record.referral.request)], seeker)
    for duplicate in found:
        if duplicate.known.family_id and duplicate.known.may_see:
            work.record("family.compare", duplicate.known.family_id)
    return found


def _page(
    request: Request,
    actor: Actor,
    read: _Read,
    *,
    accepting: Filled[AcceptForm] | None = None,
    closing: Filled[CloseForm] | None = None,
    status: int = 200,
) -> Response:
    referral, settings = read.record.referral, settings_of(request)
    seen = [one.known.description for one in read.duplicates if one.known.may_see]
    return render(
        request,
        "intake/referral.html",
        status=status,
        record=read.record,
        duplicates=read.duplicates,
        rows=compared(description_of(referral.request), seen),
        families=known_families(read.duplicates),
        joinable=joinable_families(read.duplicates),
        practitioners=read.practitioners,
        may_decide=actor.has(*DECIDES),
        may_reopen=actor.has(*DECIDES) and may_be_reopened(referral.decision, today_of(request)),
        filled=accepting or closing,
        accepting=accepting or _suggested(request, referral),
        closing=closing or blank(CloseForm, {"version": str(referral.version)}),
        levels=list(OPENING_RULES),
        urgencies=list(Urgency),
        flags=list(SupportFlag),
        outcomes=list(TriageOutcome),
        decline_reasons=list(DeclineReason),
        services=list(TargetService),
        told=list(Told),
        target=settings.triage_target_of(referral.urgency),
        upper_age_years=settings.upper_age_years,
        back="/triage",
        done=DONE.get(request.query_params.get("done", "")),
    )


def _suggested(request: Request, referral: Referral) -> Filled[AcceptForm]:
    known: dict[str, Any] = {
        "version": str(referral.version),
        "family": NEW_FAMILY,
        "flags": [SupportFlag.DIRECT_WORK.value],
        **date_inputs("review_on", today_of(request) + FIRST_REVIEW),
    }
    if referral.urgency is not None:
        known["urgency"] = referral.urgency.value
    return blank(AcceptForm, known)


def _conflict(request: Request, record: ReferralRecord, refusal: Refusal, entered: list[tuple[str, str]]) -> Response:
    return render(
        request,
        "intake/referral-conflict.html",
        status=409,
        record=record,
        refusal=refusal,
        entered=entered,
        back=f"/referrals/{record.referral.id}",
    )
