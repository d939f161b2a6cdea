"""Count consultations, by kind, who asked, and how long they were."""

from shared.contracts.consultation import RegionalConsultationHeld, RegionalConsultationHeldCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CONSULTATION_HELD = Projection(
    event=RegionalConsultationHeld,
    table="consultation_held",
    columns=columns_of(RegionalConsultationHeld),
    corrected_by=RegionalConsultationHeldCorrected,
)
