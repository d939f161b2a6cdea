"""What a team's training service reckons: who is trained, who uses it, and what the courses gave.

One about the same month and the same other parts takes the place of the one before. Source: reference 6, 7.1 and 9.2.
"""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.consultation_codes import Profession
from shared.contracts.event import Event, Month, RegionEvent
from shared.contracts.region import QuarterHours, in_quarters, month_of
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.contracts.workforce import Headcount

LEAST_PAIRS = 5
"""Of fewer, a mean would be what one person said, or close to it."""


class CoverageReckoned(Event):
    """How many of one profession and sector hold a course in date on the last day of a month: people, each once."""

    type: ClassVar[str] = "uk.pairs.coverage.reckoned.v1"

    month: Month
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession
    in_date: Headcount
    headcount: Headcount | None
    """As their organisations say; None: no organisation has said it."""

    def for_region(self) -> "RegionalCoverageReckoned":
        return RegionalCoverageReckoned(**self.model_dump())


class RegionalCoverageReckoned(RegionEvent):
    """Who is trained, as a number of people. Private enough: counts of a profession at work, naming no organisation."""

    type: ClassVar[str] = "uk.pairs.regional.coverage_reckoned.v1"

    month: Month
    course: TrainingCourse
    sector: SourceGroup
    profession: Profession
    in_date: Headcount
    headcount: Headcount | None


class ChampionsReckoned(Event):
    """Who was a champion on the last day of a month, and how many did something in the six months before it."""

    type: ClassVar[str] = "uk.pairs.champions.reckoned.v1"

    month: Month
    champions: Headcount
    active: Headcount

    def for_region(self) -> "RegionalChampionsReckoned":
        return RegionalChampionsReckoned(month=self.month, champions=self.champions, active=self.active)


class RegionalChampionsReckoned(RegionEvent):
    """How many champions a team has. Private enough: two counts of people at work."""

    type: ClassVar[str] = "uk.pairs.regional.champions_reckoned.v1"

    month: Month
    champions: Headcount
    active: Headcount


class ConfidenceReckoned(Event):
    """How much surer people are after one course than before it: of those who answered both times."""

    type: ClassVar[str] = "uk.pairs.confidence.reckoned.v1"

    cohort_id: UUID
    month: Month
    """In which the course ended."""
    course: TrainingCourse
    pairs: Headcount
    gain_tenths: Annotated[int, Field(ge=-100_000, le=100_000)]
    """Tenths of a point of 0 to 10, of all pairs together."""
    improved: Headcount
    """By 2 points or more."""

    def for_region(self) -> "RegionalConfidenceReckoned | None":
        if self.pairs < LEAST_PAIRS:
            return None
        return RegionalConfidenceReckoned(**self.model_dump(exclude={"cohort_id"}))


class RegionalConfidenceReckoned(RegionEvent):
    """What one course gave. A later one about the same subject takes its place.

    Private enough: a sum over five people or more, and no answer of one.
    """

    type: ClassVar[str] = "uk.pairs.regional.confidence_reckoned.v1"

    month: Month
    course: TrainingCourse
    pairs: Headcount
    gain_tenths: Annotated[int, Field(ge=-100_000, le=100_000)]
    improved: Headcount


class RegionalCourseDayHeld(RegionEvent):
    """One day of a course was taught: hours of indirect work. Private enough: which course, and quarters of an hour."""

    type: ClassVar[str] = "uk.pairs.regional.course_day_held.v1"

    month: Month
    course: TrainingCourse
    minutes: QuarterHours


class CourseDayHeld(Event):
    """A day of a course is over, and its register closed."""

    type: ClassVar[str] = "uk.pairs.course.day_held.v1"

    cohort_id: UUID
    course: TrainingCourse
    held_on: date
    minutes: Annotated[int, Field(ge=1, le=1440)]
    """Without breaks."""

    def for_region(self) -> RegionalCourseDayHeld:
        return RegionalCourseDayHeld(
            month=month_of(self.held_on), course=self.course, minutes=in_quarters(self.minutes)
        )
