"""Count plans of families who said what they prefer, by whether it was met."""

from shared.contracts.pathway import RegionalPlanAgreed
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_PLAN_AGREED = Projection(
    event=RegionalPlanAgreed,
    table="plan_agreed",
    columns=columns_of(RegionalPlanAgreed),
)
