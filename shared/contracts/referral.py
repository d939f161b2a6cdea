"""Events of the referral service, each with what the region may know of it. Source: reference 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Correcting, Days, Event, KeptInTheTeam, Month, RegionCorrection, RegionEvent
from shared.contracts.family import ReferenceNumber, ReferenceYear
from shared.contracts.region import capped, month_of
from shared.contracts.tier import tier_of
from shared.contracts.vocabulary import (
    AgeBand,
    DeclineReason,
    FamilyAgreement,
    Level,
    ReasonGroup,
    ReferralReason,
    ReferralRoute,
    SourceGroup,
    Tier,
    TierMoveReason,
    TriageOutcome,
    Urgency,
)

WaitDays = Annotated[int, Field(ge=0, le=36_500)]
"""Whole days between two dates in Europe/London; the same day is 0."""

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


class ReferralReceived(Event):
    """Someone asked the team to help a family."""

    type: ClassVar[str] = "uk.pairs.referral.received.v1"

    referral_id: UUID
    route: ReferralRoute
    source_group: SourceGroup
    reasons: tuple[ReferralReason, ...]
    age_band: AgeBand
    has_nhs_number: bool
    """Whether the referral came with one; it never has to."""
    received_on: date

    def for_region(self) -> "RegionalReferralReceived":
        return RegionalReferralReceived(
            month=month_of(self.received_on),
            source_group=self.source_group,
            reason_groups=tuple(sorted({REASON_GROUPS[reason] for reason in self.reasons})),
            age_band=self.age_band,
        )


class ConsultationReferred(KeptInTheTeam):
    """A referral was taken in that a consultation had led to."""

    type: ClassVar[str] = "uk.pairs.referral.consultation_referred.v1"

    referral_id: UUID
    consultation_id: UUID
    reference_year: ReferenceYear
    reference_number: ReferenceNumber
    received_on: date | None = None


class RegionalReferralReceived(RegionEvent):
    """One referral came in. Private enough: a month, and groups of ages, reasons and referrers."""

    type: ClassVar[str] = "uk.pairs.regional.referral_received.v1"

    month: Month
    source_group: SourceGroup
    reason_groups: tuple[ReasonGroup, ...]
    age_band: AgeBand


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

    def for_region(self) -> "RegionalReferralAccepted":
        return RegionalReferralAccepted(
            month=month_of(self.decided_on),
            urgency=self.urgency,
            triage_days=capped(self.triage_days),
            triage_working_days=capped(self.triage_working_days),
        )


class RegionalReferralAccepted(RegionEvent):
    """Triage accepted one referral. Private enough: months and capped days; not whose, nor why it was urgent."""

    type: ClassVar[str] = "uk.pairs.regional.referral_accepted.v1"

    month: Month
    urgency: Urgency
    triage_days: Days
    triage_working_days: Days


class ReferralClosed(Event):
    """Triage ended without the team taking the family on: advice, another service, or no."""

    type: ClassVar[str] = "uk.pairs.referral.closed.v1"

    referral_id: UUID
    outcome: TriageOutcome
    reason: DeclineReason
    decided_on: date
    triage_days: WaitDays
    triage_working_days: WaitDays

    def for_region(self) -> "RegionalReferralClosed":
        hidden = self.reason is DeclineReason.CONSENT_NOT_GIVEN
        return RegionalReferralClosed(
            month=month_of(self.decided_on),
            outcome=self.outcome,
            reason=DeclineReason.FAMILY_DECLINED if hidden else self.reason,
            triage_days=capped(self.triage_days),
            triage_working_days=capped(self.triage_working_days),
        )


class RegionalReferralClosed(RegionEvent):
    """Triage ended one referral in another way. Private enough: no reason is told that is about consent."""

    type: ClassVar[str] = "uk.pairs.regional.referral_closed.v1"

    month: Month
    outcome: TriageOutcome
    reason: DeclineReason
    """Never `consent_not_given`: to the region that is `family_declined`."""
    triage_days: Days
    triage_working_days: Days


class RegionalReferralClosedCorrected(RegionCorrection):
    """One referral that the region was told of as closed was opened again. Private enough: it says what was told."""

    type: ClassVar[str] = "uk.pairs.regional.referral_closed_corrected.v1"

    was: RegionalReferralClosed
    instead: RegionalReferralClosed | None


class ReferralReopened(Event):
    """A closed referral is open again, with its first date of receipt."""

    type: ClassVar[str] = "uk.pairs.referral.reopened.v1"
    corrects: ClassVar[Correcting] = RegionalReferralClosedCorrected

    referral_id: UUID
    reopened_on: date

    def for_region(self) -> None:
        """It is not closed."""


class ReferralIncomplete(Event):
    """Triage asked the referrer for more; the wait goes on from the first receipt."""

    type: ClassVar[str] = "uk.pairs.referral.incomplete.v1"

    referral_id: UUID
    asked_on: date
    received_on: date | None = None
    is_asked_again: bool = False

    def for_region(self) -> "RegionalReferralIncomplete | None":
        if self.received_on is None or self.is_asked_again:
            return None
        return RegionalReferralIncomplete(month=month_of(self.received_on))


class RegionalReferralIncomplete(RegionEvent):
    """Something was missing in one referral of the month. Private enough: not what, and not from whom."""

    type: ClassVar[str] = "uk.pairs.regional.referral_incomplete.v1"

    month: Month
    """In which it was received: each referral is told once."""


class ReferralCompleted(KeptInTheTeam):
    """What triage had asked for has come."""

    type: ClassVar[str] = "uk.pairs.referral.completed.v1"

    referral_id: UUID
    completed_on: date


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

    def for_region(self) -> "RegionalEpisodeOpened":
        tier = tier_of(self.level, risk_support=self.risk_support, direct_work=self.direct_work)
        return RegionalEpisodeOpened(month=month_of(self.opened_on), tier=tier)


class RegionalEpisodeOpened(RegionEvent):
    """Work with one family began. Private enough: a month and one of five tiers."""

    type: ClassVar[str] = "uk.pairs.regional.episode_opened.v1"

    month: Month
    tier: Tier


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

    def for_region(self) -> "RegionalTierChanged":
        return RegionalTierChanged(
            month=month_of(self.effective_from),
            from_tier=tier_of(self.from_level, risk_support=self.from_risk_support, direct_work=self.from_direct_work),
            to_tier=tier_of(self.to_level, risk_support=self.to_risk_support, direct_work=self.to_direct_work),
            capacity_driven=self.reason is TierMoveReason.CAPACITY_INTERIM,
        )


class RegionalTierChanged(RegionEvent):
    """One family moved, perhaps within a tier. Private enough: not why, but for want of room in the team."""

    type: ClassVar[str] = "uk.pairs.regional.tier_changed.v1"

    month: Month
    from_tier: Tier
    to_tier: Tier
    capacity_driven: bool
    """The family needed more than the team could give: shown, never hidden."""
