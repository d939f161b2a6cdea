"""A cohort: one time that a course is taught, over several days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.training.courses.domain.course import CourseVersion
from shared.contracts.teaching import CourseDayHeld
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import add_working_days, is_working_day
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile

LARGEST_COHORT = 500
REGISTER_WORKING_DAYS = 1
"""For closing a register after its day; then it is a task for the trainer."""


def is_register_late(on: date, today: date) -> bool:
    """Of a day whose register nobody has closed."""
    return today > add_working_days(on, REGISTER_WORKING_DAYS)


class Filling(Code):
    """What becomes of a free place."""

    OFFER = "offer", "Offer it to the first who waits"
    AT_ONCE = "at_once", "Give it to the first who waits"


@dataclass(frozen=True)
class CohortDay:
    number: int
    """Of the course's days, from 1: the same number is the same content in every cohort."""
    starts_at: datetime
    """UTC, as the other moments."""
    ends_at: datetime
    minutes: int
    """Without breaks, as it was held: a day that ended early is shorter for everyone."""
    sequence: int = 0
    """How often it was moved; calendars count so."""
    closed_at: datetime | None = None
    """When its register was closed."""

    @property
    def on(self) -> date:
        """In Europe/London."""
        return london_date(self.starts_at)


@dataclass(frozen=True)
class Reserved:
    """Places that are kept for one organisation."""

    reserved_places: int = 0
    reserved_for: UUID | None = None
    reserved_until: date | None = None
    """The first day on which they are open to all."""


@dataclass
class Cohort:
    id: UUID
    course: TrainingCourse
    course_version: int
    venue: str
    """Where; for one that is online, how people get in."""
    is_online: bool
    capacity: int
    filling: Filling
    trainer_id: UUID
    co_trainer: str
    """Who teaches with them, such as somebody who has lived it."""
    reserved: Reserved
    days: Sequence[CohortDay]
    called_off_at: datetime | None = None
    version: int = 0

    @property
    def starts_at(self) -> datetime:
        return self.days[0].starts_at

    @property
    def starts_on(self) -> date:
        return self.days[0].on

    @property
    def is_over(self) -> bool:
        """All its registers are closed."""
        return all(day.closed_at for day in self.days)

    def is_late_at(self, now: datetime) -> bool:
        """A place that is given up now is hard to fill: less than a working day is left before it begins."""
        latest = self.starts_on - timedelta(1)
        while not is_working_day(latest):
            latest -= timedelta(1)
        return now >= datetime.combine(latest, self.starts_at.astimezone(LONDON).time(), LONDON)

    def day(self, number: int) -> CohortDay:
        """Raises RuleBroken when it has no such day."""
        for one in self.days:
            if one.number == number:
                return one
        raise RuleBroken("cohort_day", "This cohort has no such day. Go back to it.")

    def held(self, number: int) -> CourseDayHeld:
        """What others hear of a day whose register was closed. Raises as `day`."""
        day = self.day(number)
        return CourseDayHeld(cohort_id=self.id, course=self.course, held_on=day.on, minutes=day.minutes)

    def check(self, version: CourseVersion) -> None:
        """Raises RuleBroken when it cannot be taught so."""
        if not 0 < self.capacity <= LARGEST_COHORT:
            sentence = f"Enter how many can come, from 1 to {LARGEST_COHORT}."
            raise RuleBroken("cohort_capacity", sentence, field="capacity")
        if len(self.days) != len(version.days):
            raise RuleBroken("cohort_days", f"This course has {len(version.days)} days. Enter each.", field="days")
        moments = [moment for day in self.days for moment in (day.starts_at, day.ends_at)]
        if moments != sorted(set(moments)):
            raise RuleBroken("cohort_order", "Each day ends after it begins, and before the next begins.", field="days")
        for day in self.days:
            if day.minutes > (day.ends_at.astimezone(UTC) - day.starts_at.astimezone(UTC)) / timedelta(minutes=1):
                raise RuleBroken("cohort_length", f"Day {day.number} is too short for its content.", field="days")
        if self.reserved.reserved_places > self.capacity:
            raise RuleBroken("cohort_reserved", "Keep no more places than there are.", field="reserved_places")

    def check_open(self, now: datetime) -> None:
        """Raises Conflict when nobody can book it any more."""
        if self.called_off_at:
            raise Conflict("cohort_called_off", "This course was called off. Choose other dates.")
        if self.starts_at <= now:
            raise Conflict("cohort_begun", "This course has begun. Choose other dates.")

    def change(self, changed: "Cohort", *, seen: int) -> frozenset[int]:
        """Take over what somebody entered; gives the days whose time or place is another.

        Raises:
            Conflict: it was changed after the page was opened.
            RuleBroken: a day that was held cannot be moved.
        """
        if seen != self.version:
            raise changed_meanwhile("cohort_changed", "Someone changed this cohort")
        is_elsewhere = (self.venue, self.is_online) != (changed.venue, changed.is_online)
        moved: set[int] = set()
        days: list[CohortDay] = []
        for day, new in zip(self.days, changed.days, strict=True):
            has_moved = (day.starts_at, day.ends_at) != (new.starts_at, new.ends_at)
            if has_moved and day.closed_at:
                raise RuleBroken("cohort_held", f"Day {day.number} was held. It cannot be moved.", field="days")
            if (has_moved or is_elsewhere) and not day.closed_at:
                moved.add(day.number)
                day = replace(day, starts_at=new.starts_at, ends_at=new.ends_at, sequence=day.sequence + 1)  # noqa: PLW2901
            days.append(day)
        self.venue, self.is_online, self.capacity, self.filling = (
            changed.venue,
            changed.is_online,
            changed.capacity,
            changed.filling,
        )
        self.co_trainer, self.reserved, self.days = changed.co_trainer, changed.reserved, days
        return frozenset(moved)
