"""Count referrals by team, month, who referred and how old the baby was."""

from shared.contracts.referral import RegionalReferralReceived
from shared.inbox.projection import Projection

ON_REGIONAL_REFERRAL_RECEIVED = Projection(
    event=RegionalReferralReceived,
    table="referral_received",
    columns={
        "month": "(body->>'month')::date",
        "source_group": "body->>'source_group'",
        "age_band": "body->>'age_band'",
    },
)
