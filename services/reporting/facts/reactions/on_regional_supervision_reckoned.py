"""Keep what supervision a team owed and gave."""

from shared.contracts.supervision import RegionalSupervisionReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_SUPERVISION_RECKONED = Projection(
    event=RegionalSupervisionReckoned,
    table="supervision_reckoned",
    columns=columns_of(RegionalSupervisionReckoned),
)
