"""Keep how many of a profession hold a course in date, beside how many there are."""

from shared.contracts.teaching import RegionalCoverageReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_COVERAGE_RECKONED = Projection(
    event=RegionalCoverageReckoned,
    table="coverage_reckoned",
    columns=columns_of(RegionalCoverageReckoned),
)
