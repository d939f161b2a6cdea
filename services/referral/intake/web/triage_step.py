"""Steps of triage before and after the decision: ask for more, store the answer, set the priority, open again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.ask_for_more import ask_for_more
from services.referral.intake.commands.prioritise_referral import prioritise_referral
from services.referral.intake.commands.reopen_referral import reopen_referral
from services.referral.intake.commands.supply_missing import supply_missing
from services.referral.intake.domain.referral import Referral
from services.referral.intake.queries.referral_record import ReferralRecord, referral_record
from services.referral.intake.web.forms.decision import AskForm, PriorityForm, ReopenForm, SupplyForm
from services.referral.people.domain.remit import Remit
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, settings_of, today_of
from shared.contracts.vocabulary import Urgency
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_working_days
from shared.kernel.errors import Conflict, Refusal
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/referrals")

CHASE_AFTER_WORKING_DAYS = 10
"""What the form suggests. Source: reference 2.2, incomplete (a proposal)."""

AStepForm = AskForm | SupplyForm | PriorityForm | ReopenForm


@dataclass(frozen=True)
class _Step:
    """One page: its name in the address, its form and its command."""

    name: str
    heading: str
    form: type[AStepForm]
    act: Callable[[Any, UnitOfWork], Awaitable[None]]
    done: str


_ASK = _Step("ask", "Ask the referrer for more", AskForm, ask_for_more, "asked")
_SUPPLY = _Step("supply", "Store the referrer's answer", SupplyForm, supply_missing, "supplied")
_PRIORITY = _Step("priority", "Set the priority", PriorityForm, prioritise_referral, "prioritised")
_REOPEN = _Step("reopen", "Open the referral again", ReopenForm, reopen_referral, "reopened")


@router.get("/{referral_id}/ask")
async def show_ask(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, referral_id, actor, _ASK)


@router.post("/{referral_id}/ask")
async def ask(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _store(request, referral_id, actor, _ASK)


@router.get("/{referral_id}/supply")
async def show_supply(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, referral_id, actor, _SUPPLY)


@router.post("/{referral_id}/supply")
async def supply(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _store(request, referral_id, actor, _SUPPLY)


@router.get("/{referral_id}/priority")
async def show_priority(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, referral_id, actor, _PRIORITY)


@router.post("/{referral_id}/priority")
async def prioritise(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _store(request, referral_id, actor, _PRIORITY)


@router.get("/{referral_id}/reopen")
async def show_reopen(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, referral_id, actor, _REOPEN)


@router.post("/{referral_id}/reopen")
async def reopen(request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _store(request, referral_id, actor, _REOPEN)


async def _show(request: Request, referral_id: UUID, actor: Actor, step: _Step) -> Response:
    record = await _read(request, referral_id, actor)
    return _page(request, record, step, blank(step.form, _suggested(request, record.referral)))


async def _store(request: Request, referral_id: UUID, actor: Actor, step: _Step) -> Response:
    filled: Filled[Any] = await read_form(request, step.form)
    if filled.form is None:
        return _page(request, await _read(request, referral_id, actor), step, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await step.act(filled.form.to_command(referral_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        record = await _read(request, referral_id, actor)
        if isinstance(refusal, Conflict):
            # What was typed stays on the page, and can be stored once the newer version has been looked at.
            newer = replace(filled, posted={**filled.posted, "version": [str(record.referral.version)]})
            return _page(request, record, step, newer, status=409, conflict=refusal.sentence)
        return _page(request, record, step, filled.refused(refusal), status=status)
    return RedirectResponse(f"/referrals/{referral_id}?done={step.done}", 303)


async def _read(request: Request, referral_id: UUID, actor: Actor) -> ReferralRecord:
    async with begin(request, actor) as work:
        record = await referral_record(work, referral_id, work.today, Remit(settings_of(request).upper_age_years))
        work.record("referral.read", referral_id)
    return record


def _suggested(request: Request, referral: Referral) -> dict[str, str | list[str]]:
    enquiry = referral.enquiry
    chase_on = add_working_days(today_of(request), CHASE_AFTER_WORKING_DAYS)
    return {
        "version": str(referral.version),
        "asked_for": enquiry.asked_for if enquiry and enquiry.is_open else "",
        "safety_worry": "yes" if referral.request.in_danger or (enquiry and enquiry.safety_worry) else "",
        "urgency": referral.urgency.value if referral.urgency else "",
        **date_inputs("chase_on", chase_on),
    }


def _page(
    request: Request,
    record: ReferralRecord,
    step: _Step,
    filled: Filled[Any],
    *,
    status: int = 200,
    conflict: str = "",
) -> Response:
    settings = settings_of(request)
    return render(
        request,
        "intake/referral-step.html",
        status=status,
        record=record,
        step=step.name,
        heading=step.heading,
        filled=filled,
        conflict=conflict,
        urgencies=list(Urgency),
        target=settings.triage_target_of(Urgency.ROUTINE),
        urgent_target=settings.triage_target_of(Urgency.URGENT),
        back=f"/referrals/{record.referral.id}",
    )
