"""How the invented team decides on a referral, and after how long. The weights are those of reference 11."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.referral.demonstration.families import weighted
from services.referral.demonstration.happening import Accepted, Closed
from services.referral.demonstration.words import TOLD
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.remit import Remit
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import DeclineReason, FamilyAgreement, Level, TriageOutcome, Urgency
from shared.demonstration.moments import at_work, is_at_work
from shared.kernel.calendar import add_working_days, is_working_day, london_start
from shared.kernel.clock import london_date

_WORKING_DAYS = {0: 10, 1: 22, 2: 25, 3: 16, 4: 10, 5: 7, 6: 6, 7: 4}
_WORKING_DAYS_URGENT = {0: 65, 1: 35}

_ENDS = {None: 66, TriageOutcome.SIGNPOSTED: 16, TriageOutcome.ADVICE_ONLY: 12, TriageOutcome.DECLINED: 6}
"""None: accepted."""

_TIERS = {"targeted": 52, "specialist": 38, "universal": 4, "risk": 6}
_SUPPORTS = {
    "targeted": Support(Level.TARGETED),
    "specialist": Support(Level.SPECIALIST),
    "universal": Support(Level.UNIVERSAL),
    "risk": Support(Level.TARGETED, risk_support=True, direct_work=False),
}

_WHY_NOT = {
    TriageOutcome.SIGNPOSTED: {
        DeclineReason.NEEDS_MET_ELSEWHERE: 5,
        DeclineReason.NO_PARENT_INFANT_FOCUS: 4,
        DeclineReason.NEEDS_PERINATAL_MENTAL_HEALTH: 3,
        DeclineReason.OUT_OF_AREA: 2,
    },
    TriageOutcome.ADVICE_ONLY: {DeclineReason.NEEDS_MET_ELSEWHERE: 6, DeclineReason.NO_PARENT_INFANT_FOCUS: 4},
    TriageOutcome.DECLINED: {
        DeclineReason.FAMILY_DECLINED: 5,
        DeclineReason.UNCONTACTABLE: 3,
        DeclineReason.OUT_OF_AREA: 2,
    },
}

_REVIEW = {Level.SPECIALIST: 84, Level.TARGETED: 84, Level.UNIVERSAL: 84}
_REVIEW_RISK = 42


@dataclass(frozen=True)
class TriageDecision:
    """What triage decides, and when."""

    at: datetime
    action: Accepted | Closed


def decide(chance: random.Random, request: ReferralRequest, received_at: datetime) -> TriageDecision:
    """The decision, after a wait of 0 to 7 working days (median 2; urgent ones 0 or 1)."""
    urgency = Urgency.URGENT if request.in_danger or chance.random() < 0.12 else Urgency.ROUTINE
    waits = _WORKING_DAYS_URGENT if urgency is Urgency.URGENT else _WORKING_DAYS
    received_on = london_date(received_at)
    day = add_working_days(received_on, weighted(chance, waits))
    at = max(at_work(chance, day), received_at + timedelta(minutes=20 + chance.randrange(60)))
    if request.in_danger:
        at = max(at, danger_answered_at(received_at) + timedelta(minutes=30))
    return TriageDecision(at, _action(chance, request, urgency, at))


def danger_answered_at(said_at: datetime) -> datetime:
    """When the team calls: within an hour of office hours."""
    soon = said_at + timedelta(minutes=15 + said_at.minute % 35)
    if is_at_work(soon):
        return soon
    day = london_date(said_at)
    while not (is_working_day(day) and london_start(day) + timedelta(hours=9) > said_at):
        day += timedelta(1)
    return london_start(day) + timedelta(hours=9, minutes=said_at.minute % 35)


def review_days(support: Support) -> int:
    """Days until a review is usual: 12 weeks, or 6 in risk support (reference 2.3)."""
    return _REVIEW_RISK if support.risk_support else _REVIEW[support.level]


def _action(chance: random.Random, request: ReferralRequest, urgency: Urgency, at: datetime) -> Accepted | Closed:
    today = london_date(at)
    if not Remit().includes(request.subject, today) and chance.random() < 0.8:
        return _closed(TriageOutcome.DECLINED, DeclineReason.OUT_OF_REMIT_AGE)
    if request.consent is FamilyAgreement.NOT_YET_TOLD and chance.random() < 0.3:
        return _closed(TriageOutcome.ADVICE_ONLY, DeclineReason.CONSENT_NOT_GIVEN)
    outcome = weighted(chance, _ENDS)
    if outcome is not None:
        return _closed(outcome, weighted(chance, _WHY_NOT[outcome]))
    support = _SUPPORTS[weighted(chance, _TIERS)]
    review_on = today + timedelta(review_days(support))
    return Accepted(urgency, Opening(support, review_on, today if support.level is Level.SPECIALIST else None))


def _closed(outcome: TriageOutcome, reason: DeclineReason) -> Closed:
    return Closed(outcome, reason, TOLD[reason])
