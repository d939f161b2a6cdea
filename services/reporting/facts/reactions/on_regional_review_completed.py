"""Count reviews, by whether they were in time and had the baby's view."""

from shared.contracts.pathway import RegionalReviewCompleted
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_REVIEW_COMPLETED = Projection(
    event=RegionalReviewCompleted,
    table="review_completed",
    columns=columns_of(RegionalReviewCompleted),
)
