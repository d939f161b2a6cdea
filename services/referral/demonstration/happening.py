"""What happens in a demonstration: one command, the moment it is given, and which family it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.demonstration.steps import Work
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.support.domain.tier import Opening, TierMove
from shared.contracts.vocabulary import DeclineReason, TriageOutcome, Urgency


@dataclass(frozen=True)
class Received:
    key: UUID
    """Idempotency key."""
    request: ReferralRequest


@dataclass(frozen=True)
class Accepted:
    urgency: Urgency
    opening: Opening
    lead: int | None = None
    """Place of whoever leads the work among the practitioners; None: chosen later."""


@dataclass(frozen=True)
class Closed:
    outcome: TriageOutcome
    reason: DeclineReason
    explanation: str


Action = Received | Accepted | Closed | TierMove | Work


@dataclass(frozen=True)
class Happening:
    at: datetime
    """UTC."""
    family: str
    """Tells families of one history apart."""
    action: Action


Journey = Sequence[Happening]
"""All that happens to one family, in its order."""


@dataclass(frozen=True)
class Begun:
    """How the work with a family began."""

    name: str
    request: ReferralRequest
    received_at: datetime
    accepted_at: datetime
    accepted: Accepted
