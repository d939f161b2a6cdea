"""Count interventions that ended, by whether enough of what was planned took place."""

from shared.contracts.pathway import RegionalInterventionEnded
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_INTERVENTION_ENDED = Projection(
    event=RegionalInterventionEnded,
    table="intervention_ended",
    columns=columns_of(RegionalInterventionEnded),
)
