"""A referral that somebody of the team enters: one page, families that may be the same, then triage."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.domain.referral import ReferralRequest
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.web.compared import compared
from services.referral.intake.web.forms.new_referral import NewReferralForm
from services.referral.intake.web.journey import checked_on_day
from services.referral.people.domain.people import Relationship
from services.referral.people.web.forms.family import OtherCaregiver
from services.referral.staff.web.access import STAFF, remember_actor
from services.referral.staff.web.work import begin, today_of
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, SourceGroup
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/referrals")


@router.get("/new")
async def show_form(request: Request, actor: Annotated[Actor, STAFF]) -> Response:  # noqa: ARG001 - who may
    return _page(request, blank(NewReferralForm, {"attempt": str(new_id())}))


@router.post("/new")
async def store(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    """Store it, or first show the families that may be the same; a second press finds what the first stored."""
    filled = checked_on_day(await read_form(request, NewReferralForm), today_of(request))
    if filled.form is None:
        return _page(request, filled, status=422)
    asked = filled.form.to_request()
    try:
        async with begin(request, actor) as work:
            found = await _duplicates(asked, work)
            if found and not filled.form.looked:
                return _page(request, _looked(filled), found, asked)
            receipt = await receive_referral(ReceiveReferral(filled.form.attempt, asked), work)
            await remember_actor(request, work)
    except RuleBroken as refusal:
        return _page(request, filled.refused(refusal), status=422)
    return RedirectResponse(f"/referrals/{receipt.referral_id}?done=received", 303)


async def _duplicates(asked: ReferralRequest, work: UnitOfWork) -> Sequence[PossibleDuplicate]:
    (found,) = await possible_duplicates(work.session, [description_of(asked)], Seeker(work.actor, work.now))
    for duplicate in found:
        if duplicate.known.family_id and duplicate.known.may_see:
            work.record("family.compare", duplicate.known.family_id)
    return found


def _looked(filled: Filled[NewReferralForm]) -> Filled[NewReferralForm]:
    return replace(filled, posted={**filled.posted, "looked": ["yes"]})


def _page(
    request: Request,
    filled: Filled[NewReferralForm],
    found: Sequence[PossibleDuplicate] = (),
    asked: ReferralRequest | None = None,
    *,
    status: int = 200,
) -> Response:
    seen = [one.known.description for one in found if one.known.may_see]
    return render(
        request,
        "intake/new-referral.html",
        status=status,
        filled=filled,
        duplicates=found,
        rows=compared(description_of(asked), seen) if asked else [],
        source_groups=list(SourceGroup),
        relationships=list(Relationship),
        others=list(OtherCaregiver),
        reasons=list(ReferralReason),
        agreements=list(FamilyAgreement),
        back="/triage",
    )
