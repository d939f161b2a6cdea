"""Count training places that were booked, by course and who booked."""

from shared.contracts.training import RegionalPlaceBooked, RegionalPlaceBookedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_PLACE_BOOKED = Projection(
    event=RegionalPlaceBooked,
    table="place_booked",
    columns=columns_of(RegionalPlaceBooked),
    corrected_by=RegionalPlaceBookedCorrected,
)
