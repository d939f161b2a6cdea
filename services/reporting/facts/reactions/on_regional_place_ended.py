"""Count booked places that were not used, and why."""

from shared.contracts.training import RegionalPlaceEnded
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_PLACE_ENDED = Projection(
    event=RegionalPlaceEnded,
    table="place_ended",
    columns=columns_of(RegionalPlaceEnded),
)
