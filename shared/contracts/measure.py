"""Events of outcome measures. No score and no answer leaves the referral service; a class of change may."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Correcting, Event, KeptInTheTeam, Month, RegionCorrection, RegionEvent
from shared.contracts.pathway_codes import ChangeClass, Measure, MeasureTimepoint, MissingMeasure
from shared.contracts.region import month_of


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


class RegionalChangeMeasured(RegionEvent):
    """The first and the last score of one measure were compared, of one person; the last is of the month.

    Private enough: a class, and no score, no answer and no family.
    """

    type: ClassVar[str] = "uk.pairs.regional.change_measured.v1"

    month: Month
    measure: Measure
    change: ChangeClass
    was_clinical: bool | None
    """Whether the first score was in the clinical range; None where the measure has no cut-off."""


class RegionalChangeMeasuredCorrected(RegionCorrection):
    """A later score, or a correction, says another change of the same measure and person.

    Private enough: it says no more than what was told, twice.
    """

    type: ClassVar[str] = "uk.pairs.regional.change_measured_corrected.v1"

    was: RegionalChangeMeasured
    instead: RegionalChangeMeasured | None


class ChangeMeasured(Event):
    """The newest score was compared with the first of the episode."""

    type: ClassVar[str] = "uk.pairs.measure.change_computed.v1"
    corrects: ClassVar[Correcting] = RegionalChangeMeasuredCorrected

    administration_id: UUID
    episode_id: UUID
    measure: Measure
    change: ChangeClass
    is_crossed_without_reliable_change: bool
    measured_on: date | None = None
    """Of the newest score."""
    was_clinical: bool | None = None
    """Whether the first was in the clinical range; None without a cut-off."""

    def for_region(self) -> RegionalChangeMeasured | None:
        if self.measured_on is None:
            return None
        return RegionalChangeMeasured(
            month=month_of(self.measured_on), measure=self.measure, change=self.change, was_clinical=self.was_clinical
        )


class ChangeUndone(Event):
    """There are no two scores of the measure and person to compare any more: one was entered by mistake."""

    type: ClassVar[str] = "uk.pairs.measure.change_undone.v1"
    corrects: ClassVar[Correcting] = RegionalChangeMeasuredCorrected

    episode_id: UUID
    measure: Measure

    def for_region(self) -> None:
        """Nothing was compared."""
