"""Count sessions and visits, by whether they took place, where, how long and with whom."""

from shared.contracts.contact import RegionalContactCorrected, RegionalContactRecorded
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CONTACT_RECORDED = Projection(
    event=RegionalContactRecorded,
    table="contact_recorded",
    columns=columns_of(RegionalContactRecorded),
    corrected_by=RegionalContactCorrected,
)
