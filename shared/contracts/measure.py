"""Events of outcome measures, for the team's own services. No score and no answer leaves the referral service."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import KeptInTheTeam
from shared.contracts.pathway_codes import ChangeClass, Measure, MeasureTimepoint, MissingMeasure


class MeasureRecorded(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.measure.recorded.v1"

    administration_id: UUID
    episode_id: UUID
    measure: Measure
    timepoint: MeasureTimepoint
    answered_on: date


class MeasureSkipped(KeptInTheTeam):
    """A measure was not completed, and someone said why."""

    type: ClassVar[str] = "uk.pairs.measure.skipped.v1"

    episode_id: UUID
    measure: Measure
    timepoint: MeasureTimepoint
    reason: MissingMeasure


class ChangeMeasured(KeptInTheTeam):
    """The newest score was compared with the first of the episode."""

    type: ClassVar[str] = "uk.pairs.measure.change_computed.v1"

    administration_id: UUID
    episode_id: UUID
    measure: Measure
    change: ChangeClass
    is_crossed_without_reliable_change: bool
