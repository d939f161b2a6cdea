"""Why a measure was not completed. Care never waits for one. Source: reference 4.1."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.measures.domain.administration import Subject
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure


@dataclass
class MeasureSkip:
    id: UUID
    family_id: UUID
    episode_id: UUID
    code: str
    subject: Subject
    timepoint: MeasureTimepoint
    reason: MissingMeasure
    version: int = 0
