"""Keep how many families a team had when a month was over."""

from shared.contracts.reckoning import RegionalCaseloadReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CASELOAD_RECKONED = Projection(
    event=RegionalCaseloadReckoned,
    table="caseload_reckoned",
    columns=columns_of(RegionalCaseloadReckoned),
)
