"""What the register says of people, as stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.dialects.postgresql import insert

from services.training.database.course_tables import attendance as table
from services.training.database.course_tables import booking
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Mark:
    """What is said of one person on one day."""

    is_here: bool
    late_minutes: int = 0
    early_minutes: int = 0


def register_page(cohort_id: UUID, number: int) -> str:
    """Where the register of a day is kept."""
    return f"/cohorts/{cohort_id}/register/{number}"


class Registers:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def mark(self, booking_id: UUID, day: int, mark: Mark | None) -> None:
        """None: nothing is said of them any more."""
        values: dict[str, Any] = {
            "is_here": mark.is_here if mark else None,
            "late_minutes": mark.late_minutes if mark else 0,
            "early_minutes": mark.early_minutes if mark else 0,
            "marked_at": self._work.now,
            "marked_by": self._work.actor.id,
        }
        said = insert(table).values(booking_id=booking_id, day=day, **values)
        await self._session.execute(said.on_conflict_do_update(index_elements=["booking_id", "day"], set_=values))

    async def who_came(self, cohort_id: UUID) -> Sequence[UUID]:
        """Bookings of those who came on a day at least."""
        came = exists(select(table.c.day).where(and_(table.c.booking_id == booking.c.id, table.c.is_here)))
        return list(await self._session.scalars(select(booking.c.id).where(booking.c.cohort_id == cohort_id, came)))
