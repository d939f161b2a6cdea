"""A referral that somebody of the team enters: one page, families that may be the same, then triage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.web.compared import compared
from services.referral.intake.web.forms.new_referral import NewReferralForm
from services.referral.people.domain.people import Relationship
from services.referral.people.web.forms.family import OtherCaregiver
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, SourceGroup
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, read_form

router = APIRouter(prefix="/referrals")


@dataclass(frozen=True)
class NewReferral:
    """What somebody enters, and the families on record that may be the same."""

    asked: ReferralRequest | None
    found: Sequence[PossibleDuplicate]


async def _read(work: UnitOfWork, request: Request) -> NewReferral:
    filled = await read_form(request, NewReferralForm)
    if filled.form is None:
        return NewReferral(None, ())
    asked = filled.form.to_request()
    return NewReferral(asked, await _duplicates(asked, work))


async def _duplicates(asked: ReferralRequest, work: UnitOfWork) -> Sequence[PossibleDuplicate]:
    (found,) = await possible_duplicates(work.session, [description_of(asked)], Seeker(work.actor, work.now))
    for duplicate in found:
        if duplicate.known.family_id and duplicate.known.may_see:
            work.record("family.compare", duplicate.known.family_id)
    return found


def _looked(filled: Filled[NewReferralForm], place: NewReferral) -> Filled[NewReferralForm]:
    """Families that may be the same are shown before anything is stored."""
    if filled.form is None or filled.form.looked or not place.found:
        return filled
    return replace(filled, posted={**filled.posted, "looked": ["yes"]}).asks_more()


async def _receive(sent: Sent[NewReferral, NewReferralForm, TeamWork]) -> str:
    receipt = await receive_referral(ReceiveReferral(sent.intention, sent.form.to_request()), sent.work)
    return f"/referrals/{receipt.referral_id}?done=received"


def _shown(place: NewReferral) -> dict[str, Any]:
    seen = [one.known.description for one in place.found if one.known.may_see]
    return {
        "duplicates": place.found,
        "rows": compared(description_of(place.asked), seen) if place.asked else [],
        "source_groups": list(SourceGroup),
        "relationships": list(Relationship),
        "others": list(OtherCaregiver),
        "reasons": list(ReferralReason),
        "agreements": list(FamilyAgreement),
    }


ENTER = FormPage(
    path="/new",
    title="Enter a referral",
    may=STAFF,
    site=Site(_read, lambda _: {"back": "/triage"}),
    form=NewReferralForm,
    check=_looked,
    store=_receive,
    template="intake/new-referral.html",
    shows=_shown,
)

add_forms(router, ENTER)
