"""Count families whom a team took on again, by how long they were away."""

from shared.contracts.ending import RegionalFamilyRereferred, RegionalFamilyRereferredCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_FAMILY_REREFERRED = Projection(
    event=RegionalFamilyRereferred,
    table="family_rereferred",
    columns=columns_of(RegionalFamilyRereferred),
    corrected_by=RegionalFamilyRereferredCorrected,
)
