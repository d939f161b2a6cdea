"""Count pairs of scores, by the class of change between them."""

from shared.contracts.measure import RegionalChangeMeasured, RegionalChangeMeasuredCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CHANGE_MEASURED = Projection(
    event=RegionalChangeMeasured,
    table="change_measured",
    columns=columns_of(RegionalChangeMeasured),
    corrected_by=RegionalChangeMeasuredCorrected,
)
