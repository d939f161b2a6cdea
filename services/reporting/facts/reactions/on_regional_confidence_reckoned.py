"""Keep how much surer people were after a course."""

from shared.contracts.teaching import RegionalConfidenceReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CONFIDENCE_RECKONED = Projection(
    event=RegionalConfidenceReckoned,
    table="confidence_reckoned",
    columns={"subject": "subject", **columns_of(RegionalConfidenceReckoned)},
)
