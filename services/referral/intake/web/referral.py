"""One referral, and beside it the decision, which leads to the next referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.intake.commands.accept_referral import accept_referral
from services.referral.intake.commands.ask_for_more import ask_for_more
from services.referral.intake.commands.close_referral import close_referral
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import Acceptance, may_be_reopened
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.queries.referral_record import ReferralRecord, referral_record
from services.referral.intake.web.compared import compared
from services.referral.intake.web.decision_asks import CHASE_AFTER_WORKING_DAYS, DECISION_ASKS, ZONES
from services.referral.intake.web.forms.decision import NEW_FAMILY, Decision, DecisionForm
from services.referral.intake.web.known_families import FamilyChoice, joinable_families, known_families
from services.referral.intake.web.next_referral import just_decided, next_address
from services.referral.intake.web.triage import targets_of
from services.referral.people.domain.remit import Remit
from services.referral.settings import ReferralSettings
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_REFERRAL
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, settings_of
from services.referral.support.domain.tier import OPENING_RULES
from services.referral.support.web.forms.move import short_levels
from services.referral.support.web.forms.support_flag import SupportFlag
from shared.contracts.vocabulary import TriageOutcome
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_working_days, date_words
from shared.staff.answer_words import Choice, Offered, Values, Words
from shared.staff.colleagues import Colleague
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/referrals")

DONE = {
    "answered": "What you did is saved. Decide on the referral now.",
    "answered_later": "What you did is saved.",
    "received": "The referral is saved. Decide on it now, or leave it in the triage queue.",
    "asked": "Saved. The referral waits for an answer.",
    "supplied": "The answer is saved. The referral waits for a decision.",
    "prioritised": "The priority is saved.",
    "reopened": "The referral is open again.",
}

FIRST_REVIEW = timedelta(weeks=12)
"""What the form suggests. Source: reference 1.2, targeted and specialist."""


@dataclass(frozen=True)
class ReferralPlace:
    """A referral with all that its page shows."""

    record: ReferralRecord
    duplicates: Sequence[PossibleDuplicate]
    practitioners: Sequence[Colleague]
    may_decide: bool
    today: date
    settings: ReferralSettings

    @property
    def referral(self) -> Referral:
        return self.record.referral

    @property
    def is_alarm(self) -> bool:
        """Someone may be in danger, and nobody has answered that yet; a worry of triage ends with the decision."""
        if (danger := self.record.danger) is not None:
            return danger.answered_at is None
        return self.referral.decision is None and self.referral.safety_worry

    @property
    def families(self) -> Sequence[FamilyChoice]:
        """Whose record it can be, if the team accepts it."""
        return known_families(self.duplicates)

    @property
    def joinable(self) -> Sequence[FamilyChoice]:
        return joinable_families(self.duplicates)


async def read_referral(work: UnitOfWork, request: Request, referral_id: UUID) -> ReferralRecord:
    """The referral; the audit trail says that someone saw it."""
    remit = Remit(settings_of(request).upper_age_years)
    record = await referral_record(work, referral_id, work.today, remit)
    work.record("referral.read", referral_id)
    return record


async def _read(work: UnitOfWork, request: Request, referral_id: UUID) -> ReferralPlace:
    record = await read_referral(work, request, referral_id)
    practitioners = await practitioner_list(work.session)
    may_decide = CAPABILITIES.holds(work.actor.roles, DECIDE_REFERRAL)
    return ReferralPlace(
        record, await _duplicates(record, work), practitioners, may_decide, work.today, settings_of(request)
    )


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


def _shown(place: ReferralPlace) -> dict[str, Any]:
    referral, settings = place.referral, place.settings
    seen = [one.known.description for one in place.duplicates if one.known.may_see]
    return {
        "record": place.record,
        "alarm": place.is_alarm,
        "danger": place.record.danger,
        "duplicates": place.duplicates,
        "rows": compared(description_of(referral.request), seen),
        "may_decide": place.may_decide,
        "may_reopen": place.may_decide and may_be_reopened(referral.decision, place.today),
        "target": settings.triage_target_of(referral.urgency),
        "upper_age_years": settings.upper_age_years,
    }


def _decided(place: ReferralPlace) -> Words:
    decision = place.referral.decision
    if decision is None:
        return [("Decision", "None yet")]
    by = place.record.decided_by_name or "A colleague"
    who = [("Decided by", by), ("Decided on", date_words(decision.decided_on))]
    if isinstance(decision, Acceptance):
        return [("Decision", "Accept"), ("Urgency", decision.urgency.label), *who]
    return [
        ("Decision", decision.outcome.label),
        ("Reason", decision.reason.label),
        ("What people are told", decision.explanation),
        *who,
    ]


async def _decide(sent: Sent[ReferralPlace, DecisionForm]) -> str:
    form, referral_id, targets = sent.form, sent.place.referral.id, targets_of(sent.place.settings)
    match form.decision:
        case Decision.ACCEPT:
            await accept_referral(form.acceptance(referral_id), sent.work)
            done = "accepted"
        case Decision.ASK:
            await ask_for_more(form.question(referral_id), sent.work)
            done = "asked"
        case Decision.JOIN | Decision.ELSEWHERE | Decision.NOT_ACCEPTED:
            await close_referral(form.closure(referral_id), sent.work)
            done = "closed"
    return await next_address(sent.work, referral_id, done, targets)


def _suggested(place: ReferralPlace) -> Values:
    enquiry = place.referral.enquiry
    return {
        "version": place.referral.version,
        "decision": Decision.ACCEPT,
        "urgency": place.referral.urgency,
        "flags": [SupportFlag.DIRECT_WORK],
        "review_on": place.today + FIRST_REVIEW,
        "family": NEW_FAMILY,
        "asked_for": enquiry.asked_for if enquiry and enquiry.is_open else "",
        "chase_on": add_working_days(place.today, CHASE_AFTER_WORKING_DAYS),
        "safety_worry": True if place.referral.safety_worry else None,
    }


def _choices(place: ReferralPlace) -> Mapping[str, Sequence[Choice]]:
    offered = [one for one in Decision if one is not Decision.JOIN or place.joinable]
    enquiry = place.referral.enquiry
    elsewhere = {TriageOutcome.SIGNPOSTED, TriageOutcome.JOINED}
    too_early = set[TriageOutcome]() if enquiry and enquiry.may_be_returned else {TriageOutcome.RETURNED}
    ends = [one for one in TriageOutcome if one not in elsewhere | too_early]
    return {
        "decision": [Offered(one.value, one.label) for one in offered],
        "level": short_levels(OPENING_RULES),
        "outcome": [Offered(one.value, one.label) for one in ends],
        "family": place.families,
        "joins": place.joinable,
        "lead_id": place.practitioners,
        "safety_to": place.practitioners,
    }


def _cannot_apply(place: ReferralPlace) -> set[str]:
    """Nothing is asked about known families where there is none, or about danger that nobody told."""
    needless = {
        "family": len(place.families) < 2,
        "joins": not place.joinable,
        "safety_to": not (place.is_alarm and place.record.danger),
    }
    return {name for name, is_needless in needless.items() if is_needless}


_SITE = Site(_read, lambda _: {"back": "/triage"})

DECIDE = Screen(
    path="/{referral_id}/decide",
    title="Decide on a referral",
    stands_on="/{referral_id}",
    may=STAFF,
    capability=DECIDE_REFERRAL,
    site=_SITE,
    form=DecisionForm,
    suggested=_suggested,
    choices=_choices,
    leaves_out=_cannot_apply,
    asks=DECISION_ASKS,
    zones=ZONES,
    store=_decide,
    template="intake/referral.html",
    shows=_shown,
    stored=_decided,
)

add_forms(router, DECIDE)


@router.get("/{referral_id}")
async def show_referral(
    request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        place = await _read(work, request, referral_id)
        decided = await just_decided(work, request.query_params)
    shown: dict[str, Any] = {**DECIDE.context(place), "filled": DECIDE.blank(place), "decided": decided}
    return render(request, DECIDE.template, **shown, done=None if decided else DONE.get(done))
