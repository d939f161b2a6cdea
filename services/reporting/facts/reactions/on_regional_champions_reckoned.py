"""Keep how many champions a team has, and how many of them are active."""

from shared.contracts.teaching import RegionalChampionsReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CHAMPIONS_RECKONED = Projection(
    event=RegionalChampionsReckoned,
    table="champions_reckoned",
    columns=columns_of(RegionalChampionsReckoned),
)
