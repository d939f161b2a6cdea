"""Events of the referral service, for the team's own services. What the region gets is in `shared.contracts.region`."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import (
    AgeBand,
    DeclineReason,
    FamilyAgreement,
    Level,
    ReferralReason,
    ReferralRoute,
    SourceGroup,
    TierMoveReason,
    TriageOutcome,
    Urgency,
)

WaitDays = Annotated[int, Field(ge=0, le=36_500)]
"""Whole days between two dates in Europe/London; the same day is 0."""


class ReferralReceived(Event):
    """Somebody asked the team to help a family."""

    type: ClassVar[str] = "uk.pairs.referral.received.v1"

    referral_id: UUID
    route: ReferralRoute
    source_group: SourceGroup
    reasons: tuple[ReferralReason, ...]
    age_band: AgeBand
    has_nhs_number: bool
    """Whether the referral came with one; it never has to."""
    received_on: date


class ReferralAccepted(Event):
    """Triage decided that the team will work with the family; the episode is opened in the same moment."""

    type: ClassVar[str] = "uk.pairs.referral.accepted.v1"

    referral_id: UUID
    episode_id: UUID
    urgency: Urgency
    decided_on: date
    triage_days: WaitDays
    triage_working_days: WaitDays
    """Monday to Friday without England's bank holidays, from receipt to decision (reference 2.5)."""


class ReferralClosed(Event):
    """Triage ended without the team taking the family on: advice, another service, or no."""

    type: ClassVar[str] = "uk.pairs.referral.closed.v1"

    referral_id: UUID
    outcome: TriageOutcome
    reason: DeclineReason
    decided_on: date
    triage_days: WaitDays
    triage_working_days: WaitDays


class EpisodeOpened(Event):
    """Work with a family began, at a level of support."""

    type: ClassVar[str] = "uk.pairs.episode.opened.v1"

    episode_id: UUID
    referral_id: UUID
    level: Level
    risk_support: bool
    direct_work: bool
    opened_on: date
    review_on: date


class TierChanged(Event):
    """A family's level of support, or one of the two flags beside it, changed."""

    type: ClassVar[str] = "uk.pairs.tier.changed.v1"

    episode_id: UUID
    from_level: Level
    from_risk_support: bool
    from_direct_work: bool
    to_level: Level
    to_risk_support: bool
    to_direct_work: bool
    effective_from: date
    reason: TierMoveReason
    family_agreement: FamilyAgreement
    review_on: date | None
    """None only when support ends."""
