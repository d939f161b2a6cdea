"""Count the moves between tiers, and those that were made because the team had no room at the right level."""

from shared.contracts.referral import RegionalTierChanged
from shared.inbox.projection import Projection

ON_REGIONAL_TIER_CHANGED = Projection(
    event=RegionalTierChanged,
    table="tier_movement",
    columns={
        "month": "(body->>'month')::date",
        "from_tier": "body->>'from_tier'",
        "to_tier": "body->>'to_tier'",
        "capacity_driven": "(body->>'capacity_driven')::boolean",
    },
)
