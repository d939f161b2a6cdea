"""The form with which a cohort is planned or changed: each of the course's days is asked for."""

from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import create_model

from services.training.courses.domain.cohort import Cohort, CohortDay, Filling, Reserved
from services.training.courses.domain.course import CourseVersion
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.clock import LONDON
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, Version, WholeNumber, YesOrNo
from shared.web.time_question import TimeOfDay


class CohortForm(Form):
    """Without the days; `cohort_form` adds them."""

    venue: Annotated[str, Line(longest=200, missing="Enter where it is, or how people get in")]
    is_online: Annotated[bool | None, YesOrNo()]
    capacity: Annotated[int, WholeNumber(least=1, most=500, missing="Enter how many can come")]
    filling: Annotated[Filling, OneCode(of=Filling, missing="Choose what becomes of a free place")]
    trainer: Annotated[UUID, Identifier(missing="Choose who teaches it")]
    co_trainer: Annotated[str | None, Line(longest=100)]
    reserved_places: Annotated[int | None, WholeNumber(least=0, most=500)]
    reserved_for: Annotated[UUID | None, Identifier()]
    reserved_until: Annotated[date | None, DateParts()]
    version: Version

    def to_cohort(self, cohort_id: UUID, course: TrainingCourse, version: CourseVersion) -> Cohort:
        """Each day is as long as its content says; the register can say otherwise when it was held."""
        days = tuple(
            CohortDay(
                number,
                self._moment(f"day_{number}", f"begins_{number}"),
                self._moment(f"day_{number}", f"ends_{number}"),
                minutes,
            )
            for number, minutes in enumerate(version.days, 1)
        )
        return Cohort(
            cohort_id,
            course,
            version.number,
            self.venue,
            self.is_online is True,
            self.capacity,
            self.filling,
            self.trainer,
            self.co_trainer or "",
            Reserved(self.reserved_places or 0, self.reserved_for, self.reserved_until),
            days,
            version=self.version,
        )

    def _moment(self, day: str, clock: str) -> datetime:
        return datetime.combine(getattr(self, day), getattr(self, clock), LONDON)


def cohort_form(version: CourseVersion) -> type[CohortForm]:
    """With a day, a beginning and an end for each of the course's days."""
    asked: dict[str, Any] = {}
    for number in range(1, len(version.days) + 1):
        asked[f"day_{number}"] = (Annotated[date, DateParts(missing=f"Enter the date of day {number}")], ...)
        for part in ("begins", "ends"):
            question = TimeOfDay(missing=f"Enter when day {number} {part}")
            asked[f"{part}_{number}"] = (Annotated[time, question], ...)
    return create_model(f"CohortFormOf{len(version.days)}", __base__=CohortForm, **asked)
