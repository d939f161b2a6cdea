"""Count goals that were rated again, by which way they moved."""

from shared.contracts.pathway import RegionalGoalMoved, RegionalGoalMovedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_GOAL_MOVED = Projection(
    event=RegionalGoalMoved,
    table="goal_moved",
    columns=columns_of(RegionalGoalMoved),
    corrected_by=RegionalGoalMovedCorrected,
)
