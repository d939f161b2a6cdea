"""Somebody has completed a course: attended enough of it, and said how it was or had that waived.

It has two dates: it counts from the day on which they had attended enough, and is told on the day of the answers.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.training.certificates.domain.attendance import Attended, Share
from services.training.certificates.domain.refresh import Held, held_from
from services.training.courses.domain.course import Course, CourseVersion
from shared.contracts.consultation_codes import Profession
from shared.contracts.training import TrainingCompleted, TrainingExpired, TrainingHolderChanged, TrainingWithdrawn
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile

ANNIVERSARY_WITHIN = timedelta(days=90)
"""Before the end: who refreshes then goes on from that end, where the course keeps the anniversary."""


@dataclass
class Completion:
    id: UUID
    person_id: UUID
    course: TrainingCourse
    level: int
    course_version: int
    cohort_id: UUID | None
    """Which has delivered it: where enough was reached; None: another team's."""
    booking_id: UUID | None
    sector: SourceGroup
    profession: Profession
    attended_minutes: int
    length_minutes: int
    held_from: date
    until_on: date | None
    """The first day on which it no longer counts."""
    completed_at: datetime
    waived_by: UUID | None = None
    waived_why: str = ""
    expired_told_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawn_why: str = ""
    delivered_by: str | None = None
    """The slug of another team, whose certificate they brought."""
    digest: UUID | None = None
    """Of that certificate."""
    told_to: UUID | None = None
    """Of whose account the team's other services were told."""
    version: int = 0

    @property
    def held(self) -> Held:
        return Held(self.held_from, self.until_on)

    def completed(self, colleague_id: UUID | None, *, home_team: str | None = None) -> TrainingCompleted:
        """Args: home_team: in whose area they work, where that is another team's."""
        self.told_to = colleague_id
        return TrainingCompleted(
            completion_id=self.id,
            colleague_id=colleague_id,
            course=self.course,
            level=self.level,
            sector=self.sector,
            profession=self.profession,
            held_from=self.held_from,
            until_on=self.until_on,
            delivered_by=self.delivered_by,
            home_team=home_team,
        )

    def tell_holder(self, colleague_id: UUID | None) -> TrainingHolderChanged | None:
        """None where others know already, or need not know any more."""
        if self.told_to == colleague_id or self.withdrawn_at:
            return None
        self.told_to = colleague_id
        return TrainingHolderChanged(
            completion_id=self.id,
            colleague_id=colleague_id,
            course=self.course,
            held_from=self.held_from,
            until_on=self.until_on,
        )

    def expire(self, colleague_id: UUID | None, now: datetime) -> TrainingExpired:
        """Told once. Raises RuleBroken when it never ends."""
        if self.until_on is None:
            raise RuleBroken("training_endless", "This training does not have to be refreshed.")
        self.expired_told_at = now
        return TrainingExpired(
            completion_id=self.id,
            colleague_id=colleague_id,
            course=self.course,
            level=self.level,
            sector=self.sector,
            profession=self.profession,
            held_from=self.held_from,
            until_on=self.until_on,
            delivered_by=self.delivered_by,
        )

    def withdraw(
        self, who: UUID, why: str, colleague_id: UUID | None, now: datetime, *, seen: int
    ) -> TrainingWithdrawn:
        """Raises Conflict when it was withdrawn before, or changed after the page was opened."""
        if self.withdrawn_at:
            raise Conflict("training_withdrawn", "This was withdrawn before.")
        if seen != self.version:
            raise changed_meanwhile("training_changed", "Someone changed this")
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_why = now, who, why
        return TrainingWithdrawn(
            completion_id=self.id,
            colleague_id=colleague_id,
            course=self.course,
            level=self.level,
            sector=self.sector,
            profession=self.profession,
            held_from=self.held_from,
            until_on=self.until_on,
            delivered_by=self.delivered_by,
        )


@dataclass(frozen=True)
class AttendedPlace:
    """A day that somebody attended, and by which booking."""

    booking_id: UUID
    sector: SourceGroup
    profession: Profession
    attended: Attended
    course_version: int


def held_by(course: Course, version: CourseVersion, day: date, newest_before: Held | None) -> Held:
    """From when to when it counts that somebody attended enough on that day."""
    renewed = newest_before if course.keeps_anniversary and _is_near_its_end(newest_before, day) else None
    return held_from(day, version.refresh_months, keeps_anniversary_of=renewed)


def _is_near_its_end(held: Held | None, day: date) -> bool:
    return held is not None and held.until_on is not None and held.until_on - day <= ANNIVERSARY_WITHIN


def new_completion(  # noqa: PLR0913 - all by name
    completion_id: UUID,
    person_id: UUID,
    course: Course,
    *,
    by: AttendedPlace,
    share: Share,
    held: Held,
    now: datetime,
) -> Completion:
    return Completion(
        completion_id,
        person_id,
        course.code,
        course.level,
        by.course_version,
        by.attended.cohort_id,
        by.booking_id,
        by.sector,
        by.profession,
        share.attended,
        share.length,
        held.from_on,
        held.until_on,
        now,
    )
