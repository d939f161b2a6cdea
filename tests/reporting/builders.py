"""Events of the region with what a test does not care about filled in."""

from datetime import date

from services.reporting.contents import SERVICE
from shared.contracts.referral import (
    RegionalEpisodeOpened,
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralReceived,
    RegionalTierChanged,
)
from shared.contracts.vocabulary import (
    AgeBand,
    DeclineReason,
    ReasonGroup,
    SourceGroup,
    Tier,
    TriageOutcome,
    Urgency,
)
from shared.inbox.projection import Projection

PROJECTIONS: tuple[Projection, ...] = SERVICE.reactions()

TODAY = date(2026, 3, 14)
MARCH = date(2026, 3, 1)


def a_referral(month: date = MARCH, source: SourceGroup = SourceGroup.HEALTH_VISITING) -> RegionalReferralReceived:
    return RegionalReferralReceived(
        month=month, source_group=source, reason_groups=(ReasonGroup.RELATIONSHIP,), age_band=AgeBand.MONTHS_3_5
    )


def an_acceptance(working_days: int = 2, month: date = MARCH) -> RegionalReferralAccepted:
    return RegionalReferralAccepted(
        month=month, urgency=Urgency.ROUTINE, triage_days=working_days, triage_working_days=working_days
    )


def a_refusal(reason: DeclineReason = DeclineReason.OUT_OF_AREA, working_days: int = 2) -> RegionalReferralClosed:
    return RegionalReferralClosed(
        month=MARCH,
        outcome=TriageOutcome.DECLINED,
        reason=reason,
        triage_days=working_days,
        triage_working_days=working_days,
    )


def a_beginning(tier: Tier = Tier.TARGETED) -> RegionalEpisodeOpened:
    return RegionalEpisodeOpened(month=MARCH, tier=tier)


def a_move(
    from_tier: Tier = Tier.TARGETED, to_tier: Tier = Tier.SPECIALIST, *, capacity_driven: bool = False
) -> RegionalTierChanged:
    return RegionalTierChanged(month=MARCH, from_tier=from_tier, to_tier=to_tier, capacity_driven=capacity_driven)
