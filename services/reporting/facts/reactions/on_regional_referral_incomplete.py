"""Count referrals in which something was missing, by the month in which they came."""

from shared.contracts.referral import RegionalReferralIncomplete
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_REFERRAL_INCOMPLETE = Projection(
    event=RegionalReferralIncomplete,
    table="referral_incomplete",
    columns=columns_of(RegionalReferralIncomplete),
)
