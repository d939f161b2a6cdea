"""Cohorts as stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from services.training.courses.domain.cohort import Cohort, CohortDay
from services.training.database.course_tables import cohort as table
from services.training.database.course_tables import cohort_day
from shared.contracts.training_codes import TrainingCourse
from shared.database.built_once import TODAY
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Cohorts:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Cohort) -> None:
        await self._session.execute(insert(table).values(_columns(one)).on_conflict_do_nothing())
        rows = [columns_of(day) | {"cohort_id": one.id} for day in one.days]
        await self._session.execute(insert(cohort_day).values(rows).on_conflict_do_nothing())

    async def get(self, cohort_id: UUID) -> Cohort:
        """Raises NotFound when the team has no such cohort."""
        for one in await self._found(select(table).where(table.c.id == cohort_id)):
            return one
        raise _unknown()

    async def coming(self, course: TrainingCourse | None) -> list[Cohort]:
        """Those that somebody could still book, the first day first; None: of all courses."""
        open_ones = table.c.starts_on >= self._work.today, table.c.called_off_at.is_(None)
        query = select(table).where(*open_ones).order_by(table.c.starts_on, table.c.id)
        found = await self._found(query.where(table.c.course == course) if course else query)
        return [one for one in found if one.starts_at > self._work.now]

    async def ended_between(self, first: date, last: date) -> Sequence[UUID]:
        """Ids of those whose last day was in this time, and that were not called off."""
        ended = table.c.ends_on.between(first, last), table.c.called_off_at.is_(None)
        return (await self._session.scalars(select(table.c.id).where(*ended).order_by(table.c.ends_on))).all()

    async def lock(self, cohort_id: UUID) -> dict[UUID, Cohort]:
        """That cohort and all others of its course that somebody could move to or from, until the transaction ends.

        They are locked in the order of their ids, so that two who move the other way round do not wait for one another.

        Raises:
            NotFound: the team has no such cohort.
        """
        found = {one.id: one for one in await self._found(_LOCKED, {"one": cohort_id, "today": self._work.today})}
        if cohort_id not in found:
            raise _unknown()
        return found

    async def save(self, one: Cohort) -> None:
        one.version += 1
        await self._session.execute(update(table).where(table.c.id == one.id).values(_columns(one)))
        for day in one.days:
            await self._session.execute(
                update(cohort_day)
                .where(cohort_day.c.cohort_id == one.id, cohort_day.c.number == day.number)
                .values(columns_of(day))
            )

    async def _found(self, query: Any, given: Mapping[str, Any] | None = None) -> list[Cohort]:
        rows = (await self._session.execute(query, given)).all()
        days: dict[UUID, list[CohortDay]] = {}
        for row in await self._session.execute(_DAYS, {"cohorts": [row.id for row in rows]}):
            days.setdefault(row.cohort_id, []).append(read_row(CohortDay, row))
        return [read_row(Cohort, row, days=tuple(days[row.id])) for row in rows]


_IN_THE_COURSE = table.c.course == select(table.c.course).where(table.c.id == bindparam("one")).scalar_subquery()
_OPEN = or_(table.c.id == bindparam("one"), table.c.starts_on >= TODAY)
_LOCKED = select(table).where(_IN_THE_COURSE, _OPEN).order_by(table.c.id).with_for_update()
_DAYS = (
    select(cohort_day)
    .where(cohort_day.c.cohort_id == func.any(bindparam("cohorts", type_=ARRAY(Uuid()))))
    .order_by(cohort_day.c.number)
)


def _unknown() -> NotFound:
    return NotFound("cohort_unknown", "There are no such dates. Choose from the list.")


def _columns(one: Cohort) -> dict[str, Any]:
    return columns_of(one, without="days") | {"starts_on": one.starts_on, "ends_on": one.days[-1].on}
