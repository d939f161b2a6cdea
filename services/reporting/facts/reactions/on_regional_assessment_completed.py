"""Count assessments, by what was on record by then."""

from shared.contracts.pathway import RegionalAssessmentCompleted, RegionalAssessmentCompletedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_ASSESSMENT_COMPLETED = Projection(
    event=RegionalAssessmentCompleted,
    table="assessment_completed",
    columns=columns_of(RegionalAssessmentCompleted),
    corrected_by=RegionalAssessmentCompletedCorrected,
)
