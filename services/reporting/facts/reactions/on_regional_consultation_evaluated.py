"""Keep how useful consultations were, and how confidence changed."""

from shared.contracts.consultation import RegionalConsultationEvaluated
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CONSULTATION_EVALUATED = Projection(
    event=RegionalConsultationEvaluated,
    table="consultation_evaluated",
    columns=columns_of(RegionalConsultationEvaluated),
)
