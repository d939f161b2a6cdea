"""What happens in a demonstration: one command, the moment it is given, and which family it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.demonstration.steps import Work
from services.referral.intake.domain.callback import LeftNumber
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.support.domain.tier import Opening, TierMove
from shared.contracts.intervention import Intervention
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


@dataclass(frozen=True)
class AskedForMore:
    """The referrer, for what is missing."""

    asked_for: str


@dataclass(frozen=True)
class Supplied:
    words: str


@dataclass(frozen=True)
class Reopened:
    """What was closed is to be decided anew."""

    reason: str


@dataclass(frozen=True)
class DangerAnswered:
    """Someone of the team has spoken with them."""


@dataclass(frozen=True)
class GroupOpened:
    name: str
    intervention: Intervention
    lead: int
    """Place among the practitioners."""


@dataclass(frozen=True)
class GroupJoined:
    group: str
    key: UUID
    """Of the family's referral."""


@dataclass(frozen=True)
class GroupMet:
    group: str
    number: int
    """From 0: which of its meetings it is."""
    topic: str


@dataclass(frozen=True)
class NumberLeft:
    key: UUID
    left: LeftNumber


@dataclass(frozen=True)
class NumberAnswered:
    key: UUID
    answer: str


OfTeam = GroupOpened | GroupJoined | GroupMet | NumberLeft | NumberAnswered
"""What is about no one family."""
Decision = AskedForMore | Supplied | Accepted | Closed | Reopened
"""What becomes of a referral."""
Action = OfTeam | Received | DangerAnswered | Decision | TierMove | Work


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
