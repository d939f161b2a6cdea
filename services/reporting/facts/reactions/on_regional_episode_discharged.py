"""Count families with whom work ended: how, after how many months, and what was on record by then."""

from shared.contracts.ending import RegionalEpisodeDischarged, RegionalEpisodeDischargedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_EPISODE_DISCHARGED = Projection(
    event=RegionalEpisodeDischarged,
    table="episode_discharged",
    columns=columns_of(RegionalEpisodeDischarged),
    corrected_by=RegionalEpisodeDischargedCorrected,
)
