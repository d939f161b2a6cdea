"""A referral that someone of the team enters: one page, families that may be the same, then triage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.commands.refer_consultation import ReferConsultation, refer_consultation
from services.referral.intake.database.wanted_referrals import WantedReferrals
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.web.compared import compared
from services.referral.intake.web.forms.new_referral import NewReferralForm
from services.referral.intake.web.wanted_referral import answers_of
from services.referral.staff.web.access import STAFF
from services.referral.team.database.team_work import TeamWork
from shared.staff.answer_words import Ask
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen, Zone
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, read_form

router = APIRouter(prefix="/referrals")


@dataclass(frozen=True)
class NewReferral:
    """What someone enters, and the families on record that may be the same."""

    asked: ReferralRequest | None
    found: Sequence[PossibleDuplicate]
    consultation_id: UUID | None = None
    """Which led to it."""
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What is known of it already."""
    became_id: UUID | None = None
    """The referral that this consultation is already."""


async def _read(work: UnitOfWork, request: Request, consultation: UUID | None = None) -> NewReferral:
    filled = await read_form(request, NewReferralForm)
    asked = filled.form.to_request() if filled.form else None
    found = await _duplicates(asked, work) if asked else ()
    wanted = await WantedReferrals(work).find(consultation) if consultation else None
    answers = await answers_of(wanted, work) if wanted else {}
    return NewReferral(asked, found, consultation, answers, wanted.referral_id if wanted else None)


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
    receive = ReceiveReferral(sent.intention, sent.form.to_request())
    consultation_id = sent.place.consultation_id
    if consultation_id:
        receipt = await refer_consultation(ReferConsultation(consultation_id, receive), sent.work)
    else:
        receipt = await receive_referral(receive, sent.work)
    return f"/referrals/{receipt.referral_id}?done=received"


def _shown(place: NewReferral) -> dict[str, Any]:
    seen = [one.known.description for one in place.found if one.known.may_see]
    return {"duplicates": place.found, "rows": compared(description_of(place.asked), seen) if place.asked else []}


ENTER = Screen[NewReferral, NewReferralForm, TeamWork](
    path="/new",
    title="New referral",
    may=STAFF,
    site=Site(_read, lambda _: {"back": "/triage"}),
    elsewhere=lambda place: f"/referrals/{place.became_id}" if place.became_id else None,
    form=NewReferralForm,
    suggested=lambda place: place.answers,
    check=_looked,
    store=_receive,
    template="intake/new-referral.html",
    shows=_shown,
    asks={
        "in_danger": Ask("Is anyone in immediate danger?", "If yes, follow the safeguarding procedure now."),
        "source_group": Ask("Organisation", is_select=True),
        "referrer_name": Ask("Name"),
        "organisation": Ask("Team"),
        "referrer_phone": Ask("Phone number"),
        "referrer_email": Ask("Email address"),
        "born": Ask("Has the baby been born?"),
        "baby_name": Ask("Baby's name"),
        "born_on": Ask("Date of birth"),
        "nhs_number": Ask("NHS number"),
        "due_on": Ask("Due date"),
        "caregiver_name": Ask("Parent or carer's name"),
        "relationship": Ask("Relationship to the baby", is_select=True),
        "caregiver_phone": Ask("Their phone number"),
        "contact_ways": Ask("What is safe on that number?", "Think who else may see or hear it"),
        "when_answered": Ask("If someone else picks up"),
        "not_asked": Ask("Or: has nobody asked them what is safe?"),
        "interpreter": Ask("Do they need an interpreter?"),
        "language": Ask("Which language?", "If an interpreter is needed. British Sign Language is one"),
        "talk_times": Ask("When can they talk?"),
        "talking_help": Ask("What else helps them", "Big letters, easy words, help to hear, a place without steps"),
        "other_caregiver": Ask("Is there a dad or another carer?"),
        "other_name": Ask("Name of the dad or other carer"),
        "other_relationship": Ask("Relationship of the dad or other carer to the baby", is_select=True),
        "other_phone": Ask("Phone number of the dad or other carer"),
        "postcode": Ask("Postcode", "ZZ99 3VZ if they have no fixed home"),
        "reasons": Ask("Reasons"),
        "story": Ask("What the referrer has noticed"),
        "consent": Ask("Does the family know, and agree?"),
        "is_transfer": Ask("Does it come from another parent-infant team?"),
        "earlier_team": Ask("Name of that team"),
        "earlier_received_on": Ask("First received there on", "The family's wait began on that day"),
    },
    zones=(
        Zone(
            "Who refers",
            ("in_danger", "source_group", "referrer_name", "organisation", "referrer_phone", "referrer_email"),
        ),
        Zone(
            "Baby, parents and carers",
            ("born", "caregiver_name", "relationship", "caregiver_phone", "other_caregiver", "postcode"),
        ),
        Zone(
            "How to reach and talk with them",
            ("contact_ways", "when_answered", "not_asked", "interpreter", "language", "talk_times", "talking_help"),
        ),
        Zone("Why", ("reasons", "story", "consent", "is_transfer")),
    ),
    button="Save the referral",
)

add_forms(router, ENTER)
