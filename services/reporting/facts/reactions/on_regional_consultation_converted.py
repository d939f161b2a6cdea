"""Count consultations that led to a referral."""

from shared.contracts.consultation import RegionalConsultationConverted, RegionalConsultationConvertedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_CONSULTATION_CONVERTED = Projection(
    event=RegionalConsultationConverted,
    table="consultation_converted",
    columns=columns_of(RegionalConsultationConverted),
    corrected_by=RegionalConsultationConvertedCorrected,
)
