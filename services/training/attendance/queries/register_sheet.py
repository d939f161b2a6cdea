"""The register of one day: who has a place, in the order in which people say names, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from services.training.attendance.database.registers import Mark
from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort, CohortDay
from services.training.database.course_tables import attendance, booking
from services.training.database.workforce_tables import organisation, person
from services.training.places.domain.booking import BookingState
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.calendar import clock_words
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RegisterRow:
    booking_id: UUID
    name: str
    organisation: str
    profession: Profession
    needs: str
    mark: Mark | None
    marked_at: datetime | None
    did_not_attend: bool

    @property
    def is_here(self) -> bool:
        return self.mark is not None and self.mark.is_here

    @property
    def says(self) -> str:
        """Here; 20 min late; Sent apologies; Did not attend; nothing."""
        if self.mark is None:
            return PlaceEnd.DID_NOT_ATTEND.label if self.did_not_attend else ""
        if not self.mark.is_here:
            return "Sent apologies"
        late, early = self.mark.late_minutes, self.mark.early_minutes
        parts = [f"{late} min late"] if late else []
        return " and ".join([*parts, *([f"left {early} min early"] if early else [])]) or "Here"

    @property
    def saved(self) -> str:
        """When it was: `saved 9:22am`."""
        return f"saved {clock_words(self.marked_at)}" if self.marked_at else ""


@dataclass(frozen=True)
class RegisterSheet:
    cohort: Cohort
    day: CohortDay
    rows: Sequence[RegisterRow]

    @property
    def here(self) -> int:
        return sum(row.is_here for row in self.rows)

    @property
    def over(self) -> int:
        """More people with a place than places."""
        return max(0, len([row for row in self.rows if not row.did_not_attend]) - self.cohort.capacity)

    @property
    def unmarked(self) -> Sequence[str]:
        return [row.name for row in self.rows if row.mark is None and not row.did_not_attend]

    @property
    def last_saved(self) -> datetime | None:
        return max((row.marked_at for row in self.rows if row.marked_at), default=None)


async def register_sheet(work: UnitOfWork, cohort_id: UUID, number: int) -> RegisterSheet:
    """Raises NotFound when the team has no such cohort, RuleBroken when that has no such day."""
    cohort = await Cohorts(work).get(cohort_id)
    day = cohort.day(number)
    its_mark = and_(attendance.c.booking_id == booking.c.id, attendance.c.day == number)
    had_place = or_(booking.c.state == BookingState.BOOKED, booking.c.how == PlaceEnd.DID_NOT_ATTEND)
    query = (
        select(
            booking.c.id,
            booking.c.profession,
            booking.c.needs,
            booking.c.how,
            person.c.given_name,
            person.c.family_name,
            func.coalesce(organisation.c.name, "").label("organisation"),
            attendance.c.is_here,
            attendance.c.late_minutes,
            attendance.c.early_minutes,
            attendance.c.marked_at,
        )
        .join_from(booking, person, person.c.id == booking.c.person_id)
        .outerjoin(organisation, organisation.c.id == booking.c.organisation_id)
        .outerjoin(attendance, its_mark)
        .where(booking.c.cohort_id == cohort_id, had_place)
        .order_by(func.lower(person.c.given_name), func.lower(person.c.family_name), booking.c.id)
    )
    rows = [
        RegisterRow(
            row.id,
            f"{row.given_name} {row.family_name}".strip(),
            row.organisation,
            Profession(row.profession),
            row.needs,
            Mark(row.is_here, row.late_minutes, row.early_minutes) if row.is_here is not None else None,
            row.marked_at if row.is_here is not None else None,
            did_not_attend=row.how == PlaceEnd.DID_NOT_ATTEND,
        )
        for row in await work.session.execute(query)
    ]
    return RegisterSheet(cohort, day, rows)
