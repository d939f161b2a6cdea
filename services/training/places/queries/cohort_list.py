"""Which cohorts are there, how full are they, and whose register is not closed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from services.training.courses.domain.cohort import is_register_late
from services.training.database.course_tables import booking, cohort, cohort_day
from services.training.places.domain.booking import BookingState
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.kernel.clock import london_date
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.unit_of_work import UnitOfWork


class CohortChip(Code):
    COMING = "coming", "Coming"
    WAITING = "waiting", "Someone waits"
    TO_CLOSE = "to_close", "Register to close"
    HELD = "held", "Held"


@dataclass(frozen=True)
class CohortFilter:
    chip: CohortChip = CohortChip.COMING
    course: TrainingCourse | None = None


@dataclass(frozen=True)
class DayShown:
    number: int
    starts_at: datetime
    """UTC"""
    is_closed: bool


@dataclass(frozen=True)
class CohortLine:
    cohort_id: UUID
    course: TrainingCourse
    venue: str
    capacity: int
    days: Sequence[DayShown]
    booked: int
    offered: int
    waiting: int
    called_off_at: datetime | None
    register: int | None
    """The day whose register is the next to be kept; None: all are closed."""
    is_late: bool
    """A register was not closed in time after its day."""

    @property
    def starts_on(self) -> date:
        return self.days[0].starts_at.date()


def cohort_list(work: UnitOfWork, chosen: CohortFilter) -> Listing[CohortLine]:
    """What comes next first; of what was held, the last first."""
    is_held = chosen.chip in (CohortChip.HELD, CohortChip.TO_CLOSE)

    def order(one: Any) -> list[Any]:
        return [one.c.starts_on.desc(), one.c.id] if is_held else [one.c.starts_on, one.c.id]

    def query(cut: Cut | None) -> Select[Any]:
        lines = cut_page(select(cohort).where(*_conditions(work, chosen)).cte("found"), order, cut)
        return select(lines, *_counts(lines), _days(lines).label("days")).order_by(*order(lines))

    return Found(query, lambda row: _line(row, work.now))


async def cohort_counts(work: UnitOfWork, chosen: CohortFilter) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    of = {chip: and_(*_conditions(work, CohortFilter(chip, chosen.course))) for chip in CohortChip}
    counted = [func.count().filter(condition).label(chip.value) for chip, condition in of.items()]
    row = (await work.session.execute(select(*counted).select_from(cohort))).one()
    return {chip: getattr(row, chip.value) for chip in CohortChip}


def _conditions(work: UnitOfWork, chosen: CohortFilter) -> list[ColumnElement[bool]]:
    own_days, own_bookings = cohort_day.c.cohort_id == cohort.c.id, booking.c.cohort_id == cohort.c.id
    to_come = and_(cohort.c.ends_on >= work.today, cohort.c.called_off_at.is_(None))
    is_open = cohort_day.c.closed_at.is_(None), cohort_day.c.ends_at <= work.now
    chips = {
        CohortChip.COMING: to_come,
        CohortChip.WAITING: and_(
            to_come, exists(select(booking.c.id).where(own_bookings, booking.c.state == BookingState.WAITING))
        ),
        CohortChip.TO_CLOSE: and_(
            cohort.c.called_off_at.is_(None), exists(select(cohort_day.c.number).where(own_days, *is_open))
        ),
        CohortChip.HELD: or_(cohort.c.ends_on < work.today, cohort.c.called_off_at.is_not(None)),
    }
    return [chips[chosen.chip], *([cohort.c.course == chosen.course] if chosen.course else [])]


def _counts(lines: Any) -> list[Any]:
    own = booking.c.cohort_id == lines.c.id
    states = (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING)
    return [
        select(func.count()).where(own, booking.c.state == state).scalar_subquery().label(state.value)
        for state in states
    ]


def _days(lines: Any) -> Any:
    fact = func.json_build_array(
        cohort_day.c.number,
        func.extract("epoch", cohort_day.c.starts_at),
        func.extract("epoch", cohort_day.c.ends_at),
        cohort_day.c.closed_at.is_not(None),
    )
    return select(func.json_agg(fact)).where(cohort_day.c.cohort_id == lines.c.id).scalar_subquery()


def _line(row: Any, now: datetime) -> CohortLine:
    days = sorted(row.days)
    is_late = any(
        not closed and is_register_late(london_date(datetime.fromtimestamp(starts, UTC)), london_date(now))
        for _, starts, _, closed in days
    )
    return CohortLine(
        row.id,
        TrainingCourse(row.course),
        row.venue,
        row.capacity,
        [DayShown(number, datetime.fromtimestamp(starts, UTC), closed) for number, starts, _, closed in days],
        row.booked,
        row.offered,
        row.waiting,
        row.called_off_at,
        next((number for number, _, _, closed in days if not closed), None) if row.called_off_at is None else None,
        is_late=is_late and row.called_off_at is None,
    )
