"""Count referrals that triage ended in another way than by accepting them, with the reason, and how soon."""

from shared.contracts.referral import RegionalReferralClosed, RegionalReferralClosedCorrected
from shared.inbox.projection import Projection

ON_REGIONAL_REFERRAL_CLOSED = Projection(
    event=RegionalReferralClosed,
    table="triage_decided",
    columns={
        "month": "(body->>'month')::date",
        "outcome": "body->>'outcome'",
        "reason": "body->>'reason'",
        "working_days": "(body->>'triage_working_days')::integer",
    },
    corrected_by=RegionalReferralClosedCorrected,
)
