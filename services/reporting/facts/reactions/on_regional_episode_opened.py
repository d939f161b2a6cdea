"""Count the families with whom work began, by the tier that they began at."""

from shared.contracts.referral import RegionalEpisodeOpened
from shared.inbox.projection import Projection

ON_REGIONAL_EPISODE_OPENED = Projection(
    event=RegionalEpisodeOpened,
    table="tier_movement",
    columns={
        "month": "(body->>'month')::date",
        "from_tier": "NULL",
        "to_tier": "body->>'tier'",
        "capacity_driven": "false",
    },
)
