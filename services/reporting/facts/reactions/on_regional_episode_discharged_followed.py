"""Count discharges in the month a year later, from which on it is known who came back within a year."""

from shared.contracts.ending import RegionalEpisodeDischarged, RegionalEpisodeDischargedCorrected
from shared.inbox.projection import Projection

ON_REGIONAL_EPISODE_DISCHARGED_FOLLOWED = Projection(
    event=RegionalEpisodeDischarged,
    table="followed_up",
    columns={
        "month": "((body->>'month')::date + interval '12 months')::date",
        "became": "'discharged'",
    },
    corrected_by=RegionalEpisodeDischargedCorrected,
)
