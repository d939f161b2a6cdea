"""Events of the training service, each with what the region may know of it. Source: reference sections 6 and 9."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.consultation_codes import Profession
from shared.contracts.event import Correcting, Event, KeptInTheTeam, Month, RegionCorrection, RegionEvent
from shared.contracts.region import month_of
from shared.contracts.slug import Slug
from shared.contracts.training_codes import PlaceEnd, TrainingCourse
from shared.contracts.vocabulary import SourceGroup

CourseLevel = Annotated[int, Field(ge=1, le=3)]


class PlaceBooked(Event):
    """Somebody has a place in a cohort for sure."""

    type: ClassVar[str] = "uk.pairs.place.booked.v1"

    booking_id: UUID
    cohort_id: UUID
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession
    starts_on: date

    def for_region(self) -> "RegionalPlaceBooked":
        return RegionalPlaceBooked(
            month=month_of(self.starts_on), course=self.course, sector=self.sector, profession=self.profession
        )


class RegionalPlaceBooked(RegionEvent):
    """One training place was booked; the month is that of the course. Private enough: a profession and a sector."""

    type: ClassVar[str] = "uk.pairs.regional.place_booked.v1"

    month: Month
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession


class RegionalPlaceBookedCorrected(RegionCorrection):
    """One place is on other dates than was told. Private enough: it says no more than what was told, twice."""

    type: ClassVar[str] = "uk.pairs.regional.place_booked_corrected.v1"

    was: RegionalPlaceBooked
    instead: RegionalPlaceBooked | None


class PlaceMoved(Event):
    """Somebody has a place in another cohort instead: neither a cancellation nor one more booking."""

    type: ClassVar[str] = "uk.pairs.place.moved.v1"

    booking_id: UUID
    cohort_id: UUID
    from_cohort_id: UUID
    course: TrainingCourse
    sector: SourceGroup | None = None
    profession: Profession | None = None
    starts_on: date | None = None
    """Of the new one."""
    from_starts_on: date | None = None

    def for_region(self) -> RegionEvent | None:
        """A RegionalPlaceBookedCorrected where the months are two."""
        return RegionalPlaceBookedCorrected.between(self._place(self.from_starts_on), self._place(self.starts_on))

    def _place(self, starts_on: date | None) -> RegionalPlaceBooked | None:
        if self.sector is None or self.profession is None or starts_on is None:
            return None
        return RegionalPlaceBooked(
            month=month_of(starts_on), course=self.course, sector=self.sector, profession=self.profession
        )


class PlaceEnded(Event):
    """A place that somebody had for sure was given up, or nobody came to it."""

    type: ClassVar[str] = "uk.pairs.place.ended.v1"

    booking_id: UUID
    cohort_id: UUID
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession
    starts_on: date
    how: PlaceEnd

    def for_region(self) -> "RegionalPlaceEnded":
        return RegionalPlaceEnded(
            month=month_of(self.starts_on),
            course=self.course,
            sector=self.sector,
            profession=self.profession,
            how=self.how,
        )


class RegionalPlaceEnded(RegionEvent):
    """One booked place was not used; the month is that of the course. Private enough: a profession and a sector."""

    type: ClassVar[str] = "uk.pairs.regional.place_ended.v1"

    month: Month
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession
    how: PlaceEnd


class TrainingCompleted(Event):
    """Somebody attended enough of a course and said how it was, or was granted the accreditation that follows it.

    It counts from `held_from` while the day < `until_on`.
    """

    type: ClassVar[str] = "uk.pairs.training.completed.v1"

    completion_id: UUID
    colleague_id: UUID | None
    """The sign-in account of somebody of the team; None: of another organisation."""
    course: TrainingCourse
    level: CourseLevel
    sector: SourceGroup
    profession: Profession
    held_from: date
    until_on: date | None
    """None: it never has to be refreshed."""
    delivered_by: Slug | None = None
    """Another team, which counts it as delivered and has told the region of it; None: this one."""
    home_team: Slug | None = None
    """The team in whose area they work, where that is another one; None: this one's, or nobody knows."""

    def for_region(self) -> "RegionalTrainingCompleted | None":
        if self.delivered_by:
            return None
        return RegionalTrainingCompleted(
            month=month_of(self.held_from),
            course=self.course,
            level=self.level,
            sector=self.sector,
            profession=self.profession,
            home_team=self.home_team,
        )


class RegionalTrainingCompleted(RegionEvent):
    """One training place led to a completion; the month is that in which the training is held from.

    Private enough: somebody at work, as a profession and a sector; the team of an area, never an organisation.
    """

    type: ClassVar[str] = "uk.pairs.regional.training_completed.v1"

    month: Month
    course: TrainingCourse
    level: CourseLevel
    sector: SourceGroup
    profession: Profession
    home_team: Slug | None = None


class RegionalTrainingCompletedCorrected(RegionCorrection):
    """One completion that was told was none. Private enough: it says no more than what was told."""

    type: ClassVar[str] = "uk.pairs.regional.training_completed_corrected.v1"
    withdrew: ClassVar[str] = "uk.pairs.regional.training_withdrawn.v1"

    was: RegionalTrainingCompleted
    instead: RegionalTrainingCompleted | None


class TrainingHolderChanged(KeptInTheTeam):
    """A training that counts is another account's than was told: two records were joined or parted, or one linked."""

    type: ClassVar[str] = "uk.pairs.training.holder_changed.v1"

    completion_id: UUID
    colleague_id: UUID | None
    """None: of nobody who signs in with this team."""
    course: TrainingCourse
    held_from: date
    until_on: date | None


class TrainingExpired(Event):
    """The first day has come on which a completed training no longer counts, and nothing renewed it."""

    type: ClassVar[str] = "uk.pairs.training.expired.v1"

    completion_id: UUID
    colleague_id: UUID | None
    course: TrainingCourse
    level: CourseLevel
    sector: SourceGroup
    profession: Profession
    held_from: date
    until_on: date
    delivered_by: Slug | None = None

    def for_region(self) -> "RegionalTrainingExpired | None":
        if self.delivered_by:
            return None
        return RegionalTrainingExpired(
            month=month_of(self.until_on),
            course=self.course,
            level=self.level,
            sector=self.sector,
            profession=self.profession,
        )


class RegionalTrainingExpired(RegionEvent):
    """One training no longer counts, from this month on. Private enough: a profession and a sector."""

    type: ClassVar[str] = "uk.pairs.regional.training_expired.v1"

    month: Month
    course: TrainingCourse
    level: CourseLevel
    sector: SourceGroup
    profession: Profession


class TrainingWithdrawn(Event):
    """A completion was recorded by mistake: its certificate is withdrawn, and it counts for nothing."""

    type: ClassVar[str] = "uk.pairs.training.withdrawn.v1"
    corrects: ClassVar[Correcting] = RegionalTrainingCompletedCorrected

    completion_id: UUID
    colleague_id: UUID | None
    course: TrainingCourse
    level: CourseLevel
    sector: SourceGroup
    profession: Profession
    held_from: date
    until_on: date | None
    delivered_by: Slug | None = None

    def for_region(self) -> None:
        """Nobody completed it."""
