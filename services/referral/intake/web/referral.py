"""One referral, and beside it the decision: accept it or close it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.intake.commands.accept_referral import accept_referral
from services.referral.intake.commands.close_referral import close_referral
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import Acceptance, TargetService, Told, may_be_reopened
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.queries.referral_record import ReferralRecord, referral_record
from services.referral.intake.web.compared import compared
from services.referral.intake.web.entered import entered_acceptance, entered_closure
from services.referral.intake.web.forms.decision import NEW_FAMILY, AcceptForm, CloseReferralForm
from services.referral.intake.web.known_families import joinable_families, known_families
from services.referral.people.domain.remit import Remit
from services.referral.settings import ReferralSettings
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_REFERRAL
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, settings_of
from services.referral.support.domain.tier import OPENING_RULES
from services.referral.support.web.forms.support_flag import SupportFlag
from shared.contracts.vocabulary import DeclineReason, TriageOutcome, Urgency
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.staff.answer_words import Values, Words
from shared.staff.colleagues import Colleague
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/referrals")

DONE = {
    "answered": "What you did is stored. Decide on the referral now.",
    "received": "The referral is stored. Decide on it now, or leave it in the triage queue.",
    "asked": "What is missing was noted. The referral waits for an answer.",
    "supplied": "The answer is stored. The referral waits for a decision.",
    "prioritised": "The priority is stored.",
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


async def read_referral(work: UnitOfWork, request: Request, referral_id: UUID) -> ReferralRecord:
    """The referral; the audit trail says that somebody saw it."""
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
        "alarm": _is_alarm(place),
        "danger": place.record.danger,
        "duplicates": place.duplicates,
        "rows": compared(description_of(referral.request), seen),
        "families": known_families(place.duplicates),
        "joinable": joinable_families(place.duplicates),
        "practitioners": place.practitioners,
        "may_decide": place.may_decide,
        "may_reopen": place.may_decide and may_be_reopened(referral.decision, place.today),
        "accepting": ACCEPT.blank(place),
        "closing": CLOSE.blank(place),
        "levels": list(OPENING_RULES),
        "urgencies": list(Urgency),
        "flags": list(SupportFlag),
        "outcomes": list(TriageOutcome),
        "decline_reasons": list(DeclineReason),
        "services": list(TargetService),
        "told": list(Told),
        "target": settings.triage_target_of(referral.urgency),
        "upper_age_years": settings.upper_age_years,
    }


def _is_alarm(place: ReferralPlace) -> bool:
    """Somebody may be in danger, and nobody has answered that yet; a worry of triage ends with the decision."""
    if (danger := place.record.danger) is not None:
        return danger.answered_at is None
    return place.referral.decision is None and place.referral.safety_worry


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


async def _accept(sent: Sent[ReferralPlace, AcceptForm]) -> str:
    accepted = await accept_referral(sent.form.to_command(sent.place.referral.id), sent.work)
    return f"/families/{accepted.family_id}?done=accepted"


async def _close(sent: Sent[ReferralPlace, CloseReferralForm]) -> str:
    await close_referral(sent.form.to_command(sent.place.referral.id), sent.work)
    return "/triage?done=closed"


def _suggested(place: ReferralPlace) -> Values:
    return {
        "version": place.referral.version,
        "family": NEW_FAMILY,
        "flags": [SupportFlag.DIRECT_WORK],
        "review_on": place.today + FIRST_REVIEW,
        "urgency": place.referral.urgency,
    }


_SITE = Site(_read, lambda _: {"back": "/triage"})
_TEMPLATE = "intake/referral.html"

ACCEPT = FormPage(
    path="/{referral_id}/accept",
    title="Accept a referral",
    stands_on="/{referral_id}",
    may=STAFF,
    capability=DECIDE_REFERRAL,
    site=_SITE,
    form=AcceptForm,
    suggested=_suggested,
    store=_accept,
    template=_TEMPLATE,
    shows=_shown,
    called="accepting",
    stored=_decided,
    entered=lambda form, _: entered_acceptance(form),
)
CLOSE = FormPage(
    path="/{referral_id}/close",
    title="Close a referral",
    stands_on="/{referral_id}",
    may=STAFF,
    capability=DECIDE_REFERRAL,
    site=_SITE,
    form=CloseReferralForm,
    suggested=lambda place: {"version": place.referral.version},
    store=_close,
    template=_TEMPLATE,
    shows=_shown,
    called="closing",
    stored=_decided,
    entered=lambda form, _: entered_closure(form),
)

add_forms(router, ACCEPT, CLOSE)


@router.get("/{referral_id}")
async def show_referral(
    request: Request, referral_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        place = await _read(work, request, referral_id)
    return render(request, _TEMPLATE, **_SITE.frame(place), **_shown(place), done=DONE.get(done))
