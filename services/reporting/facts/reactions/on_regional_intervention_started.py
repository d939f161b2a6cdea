"""Count interventions that began."""

from shared.contracts.pathway import RegionalInterventionStarted
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_INTERVENTION_STARTED = Projection(
    event=RegionalInterventionStarted,
    table="intervention_started",
    columns=columns_of(RegionalInterventionStarted),
)
