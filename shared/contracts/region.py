"""What leaves a team: the allow-list.

An event leaves only through a function here, which makes another, smaller event: dates become months, ages and reasons
become groups, ids are left out, and nothing about safety or consent goes. The subject becomes a keyed hash, so that the
region can count a record once and can never find it. Source: reference 9.2.
"""

import hmac
from collections.abc import Callable
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Days, Event, Month, RegionEvent
from shared.contracts.family import (
    CaregiverInvited,
    ConsentRecorded,
    ConsentWithdrawn,
    FamiliesMerged,
    FamilyRecorded,
    MergeUndone,
    MessagesResumed,
    OutcomeUndone,
    PersonBorn,
    PersonDied,
    PregnancyEnded,
)
from shared.contracts.measure import ChangeMeasured, MeasureRecorded, MeasureSkipped
from shared.contracts.pathway import (
    AssessmentCompleted,
    ContactCorrected,
    ContactRecorded,
    EpisodeDischarged,
    EpisodeHandedOver,
    EpisodePaused,
    EpisodeResumed,
    FormulationRecorded,
    GoalRated,
    GoalSet,
    InterventionCompleted,
    InterventionStarted,
    PlanAgreed,
    ReferralCompleted,
    ReferralIncomplete,
    ReferralReopened,
    ReviewCompleted,
    TaskAnswered,
    TaskRaised,
    WaitStopped,
)
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, ReferralClosed, ReferralReceived, TierChanged
from shared.contracts.tier import tier_of
from shared.contracts.vocabulary import (
    AgeBand,
    DeclineReason,
    ReasonGroup,
    ReferralReason,
    SourceGroup,
    Tier,
    TierMoveReason,
    TriageOutcome,
    Urgency,
)


class RegionalReferralReceived(RegionEvent):
    """One referral came in."""

    type: ClassVar[str] = "uk.pairs.regional.referral_received.v1"

    month: Month
    source_group: SourceGroup
    reason_groups: tuple[ReasonGroup, ...]
    age_band: AgeBand


class RegionalReferralAccepted(RegionEvent):
    """Triage accepted one referral."""

    type: ClassVar[str] = "uk.pairs.regional.referral_accepted.v1"

    month: Month
    urgency: Urgency
    triage_days: Days
    triage_working_days: Days


class RegionalReferralClosed(RegionEvent):
    """Triage ended one referral in another way."""

    type: ClassVar[str] = "uk.pairs.regional.referral_closed.v1"

    month: Month
    outcome: TriageOutcome
    reason: DeclineReason
    """Never `consent_not_given`: to the region that is `family_declined`."""
    triage_days: Days
    triage_working_days: Days


class RegionalEpisodeOpened(RegionEvent):
    """Work with one family began."""

    type: ClassVar[str] = "uk.pairs.regional.episode_opened.v1"

    month: Month
    tier: Tier


class RegionalTierChanged(RegionEvent):
    """One family moved, perhaps within a tier."""

    type: ClassVar[str] = "uk.pairs.regional.tier_changed.v1"

    month: Month
    from_tier: Tier
    to_tier: Tier
    capacity_driven: bool
    """The family needed more than the team could give: shown, never hidden."""


def for_region(event: Event) -> RegionEvent | None:
    """The smaller event that the region gets, or None when it gets nothing."""
    make = _FOR_REGION.get(type(event))
    return make(event) if make else None


def pseudonym(identifier: UUID, key: bytes) -> UUID:
    """A keyed hash in the shape of a UUID: HMAC-SHA-256 cut to 128 bits. The key never leaves the team."""
    return UUID(bytes=hmac.digest(key, identifier.bytes, "sha256")[:16])


def month_of(day: date) -> date:
    return day.replace(day=1)


REASON_GROUPS = {
    ReferralReason.BONDING: ReasonGroup.RELATIONSHIP,
    ReferralReason.PARENT_MENTAL_HEALTH: ReasonGroup.PARENT,
    ReferralReason.BIRTH_TRAUMA: ReasonGroup.PARENT,
    ReferralReason.NEONATAL_STAY: ReasonGroup.BABY,
    ReferralReason.OWN_CHILDHOOD: ReasonGroup.PARENT,
    ReferralReason.CRYING_SLEEP_FEEDING: ReasonGroup.BABY,
    ReferralReason.ATTUNEMENT: ReasonGroup.RELATIONSHIP,
    ReferralReason.LOSS: ReasonGroup.CONTEXT,
    ReferralReason.CARE_TRANSITION: ReasonGroup.CONTEXT,
    ReferralReason.DAD_BONDING: ReasonGroup.RELATIONSHIP,
}


def _received(event: ReferralReceived) -> RegionalReferralReceived:
    return RegionalReferralReceived(
        month=month_of(event.received_on),
        source_group=event.source_group,
        reason_groups=tuple(sorted({REASON_GROUPS[reason] for reason in event.reasons})),
        age_band=event.age_band,
    )


def _accepted(event: ReferralAccepted) -> RegionalReferralAccepted:
    return RegionalReferralAccepted(
        month=month_of(event.decided_on),
        urgency=event.urgency,
        triage_days=_capped(event.triage_days),
        triage_working_days=_capped(event.triage_working_days),
    )


def _closed(event: ReferralClosed) -> RegionalReferralClosed:
    hidden = event.reason is DeclineReason.CONSENT_NOT_GIVEN
    return RegionalReferralClosed(
        month=month_of(event.decided_on),
        outcome=event.outcome,
        reason=DeclineReason.FAMILY_DECLINED if hidden else event.reason,
        triage_days=_capped(event.triage_days),
        triage_working_days=_capped(event.triage_working_days),
    )


def _opened(event: EpisodeOpened) -> RegionalEpisodeOpened:
    tier = tier_of(event.level, risk_support=event.risk_support, direct_work=event.direct_work)
    return RegionalEpisodeOpened(month=month_of(event.opened_on), tier=tier)


def _tier_changed(event: TierChanged) -> RegionalTierChanged:
    return RegionalTierChanged(
        month=month_of(event.effective_from),
        from_tier=tier_of(event.from_level, risk_support=event.from_risk_support, direct_work=event.from_direct_work),
        to_tier=tier_of(event.to_level, risk_support=event.to_risk_support, direct_work=event.to_direct_work),
        capacity_driven=event.reason is TierMoveReason.CAPACITY_INTERIM,
    )


def _capped(days: int) -> int:
    return min(days, 127)


_FOR_REGION: dict[type[Event], Callable[..., RegionEvent]] = {
    ReferralReceived: _received,
    ReferralAccepted: _accepted,
    ReferralClosed: _closed,
    EpisodeOpened: _opened,
    TierChanged: _tier_changed,
}

KEPT_IN_THE_TEAM: frozenset[type[Event]] = frozenset(
    {
        FamilyRecorded,
        FamiliesMerged,
        MergeUndone,
        PersonBorn,
        PregnancyEnded,
        PersonDied,
        OutcomeUndone,
        MessagesResumed,
        CaregiverInvited,
        ConsentRecorded,
        ConsentWithdrawn,
        ReferralIncomplete,
        ReferralCompleted,
        ReferralReopened,
        WaitStopped,
        ContactRecorded,
        ContactCorrected,
        AssessmentCompleted,
        FormulationRecorded,
        GoalSet,
        GoalRated,
        PlanAgreed,
        InterventionStarted,
        InterventionCompleted,
        ReviewCompleted,
        EpisodePaused,
        EpisodeResumed,
        EpisodeHandedOver,
        EpisodeDischarged,
        TaskRaised,
        TaskAnswered,
        MeasureRecorded,
        MeasureSkipped,
        ChangeMeasured,
    }
)
"""Events of which the region is told nothing: listed, so that a new event is never left out by oversight."""
