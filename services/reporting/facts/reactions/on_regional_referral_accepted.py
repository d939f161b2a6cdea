"""Count accepted referrals among those that triage decided, and how soon."""

from shared.contracts.referral import RegionalReferralAccepted
from shared.inbox.projection import Projection

ON_REGIONAL_REFERRAL_ACCEPTED = Projection(
    event=RegionalReferralAccepted,
    table="triage_decided",
    columns={
        "number": "1",
        "month": "(body->>'month')::date",
        "outcome": "'accepted'",
        "reason": "NULL",
        "working_days": "(body->>'triage_working_days')::integer",
    },
)
