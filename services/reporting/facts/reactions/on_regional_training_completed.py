"""Count completed training, by course and who completed it."""

from shared.contracts.training import RegionalTrainingCompleted, RegionalTrainingCompletedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_TRAINING_COMPLETED = Projection(
    event=RegionalTrainingCompleted,
    table="training_completed",
    columns=columns_of(RegionalTrainingCompleted),
    corrected_by=RegionalTrainingCompletedCorrected,
)
