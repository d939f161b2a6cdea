"""Which dates of a course can somebody still book?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.places.database.bookings import Bookings
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.clock import LONDON
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ComingDates:
    cohort: Cohort
    open_places: int
    """That the page may promise: none while anybody waits."""
    waiting: int

    @property
    def value(self) -> str:
        """For a list of a form."""
        return str(self.cohort.id)

    @property
    def label(self) -> str:
        return f"{self.dates}, {self.cohort.venue}: {self.state}"

    @property
    def state(self) -> str:
        if self.open_places:
            return "1 place left" if self.open_places == 1 else f"{self.open_places} places left"
        are = {0: "nobody is waiting", 1: "1 is waiting"}.get(self.waiting, f"{self.waiting} are waiting")
        return f"Full: {are}, you’d be number {self.waiting + 1}"

    @property
    def dates(self) -> str:
        """Tue 2 and Tue 9 March"""
        return dates_words([day.on for day in self.cohort.days])

    @property
    def times(self) -> str:
        """9:30 to 16:30, then 9:30 to 12:30"""
        spans = [(day.starts_at.astimezone(LONDON), day.ends_at.astimezone(LONDON)) for day in self.cohort.days]
        said = [f"{begins.hour}:{begins:%M} to {ends.hour}:{ends:%M}" for begins, ends in spans]
        return said[0] if len(set(said)) == 1 else ", then ".join(said)


async def coming_dates(
    work: UnitOfWork, course: TrainingCourse | None = None, *, but: UUID | None = None
) -> list[ComingDates]:
    """The first day first.

    Args:
        course: None: of all courses.
        but: a cohort that is left out.
    """
    coming = [one for one in await Cohorts(work).coming(course) if one.id != but]
    return [ComingDates(*one) for one in await Bookings(work).open_places(coming)]


def dates_words(days: Sequence[date]) -> str:
    """Tue 2 and Tue 9 March"""
    last = days[-1]
    parts = [f"{day:%a} {day.day}" + ("" if _same_month(day, last) else f" {day:%B}") for day in days[:-1]]
    return " and ".join([*([", ".join(parts)] if parts else []), f"{last:%a} {last.day} {last:%B}"])


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)
