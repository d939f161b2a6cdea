"""Bookings as stored."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.database.course_tables import booking as table
from services.training.database.course_tables import cohort
from services.training.places.domain.booking import ACTIVE, Booking, BookingState
from services.training.places.domain.cohort_places import CohortPlaces
from shared.database.mapping import columns_of, read_row, read_rows
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

_TAKEN = (BookingState.BOOKED, BookingState.OFFERED)


_ACTIVE = select(table).where(
    table.c.cohort_id == func.any(bindparam("cohorts", type_=ARRAY(Uuid()))), table.c.state.in_(ACTIVE)
)


class Bookings:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, one: Booking) -> None:
        await self._session.execute(insert(table), columns_of(one))

    async def save(self, one: Booking) -> None:
        values = columns_of(one, without="id")
        await self._session.execute(update(table).where(table.c.id == one.id).values(values))

    async def get(self, booking_id: UUID) -> Booking:
        """Raises NotFound when the team has no such booking."""
        return await self._one(select(table).where(table.c.id == booking_id))

    async def by_secret(self, secret: str) -> Booking:
        """Raises NotFound when no booking has this address."""
        return await self._one(select(table).where(table.c.secret == secret))

    async def lock(self, cohort_id: UUID) -> dict[UUID, CohortPlaces]:
        """The places of that cohort, and of all others that somebody could move to or from, until the transaction ends.

        Raises:
            NotFound: the team has no such cohort.
        """
        cohorts = await Cohorts(self._work).lock(cohort_id)
        return await self._places(cohorts)

    async def places(self, cohort_id: UUID) -> CohortPlaces:
        """To look at. Raises NotFound when the team has no such cohort."""
        cohort = await Cohorts(self._work).get(cohort_id)
        return (await self._places({cohort_id: cohort}))[cohort_id]

    async def open_places(self, cohorts: Sequence[Cohort]) -> list[tuple[Cohort, int, int]]:
        """Each with the places that everybody may be promised, and how many wait; counted where the rows are."""
        theirs = func.count().filter(table.c.organisation_id == cohort.c.reserved_for, table.c.state.in_(_TAKEN))
        counted = (
            select(
                cohort.c.id,
                func.count().filter(table.c.state.in_(_TAKEN)).label("taken"),
                func.count().filter(table.c.state == BookingState.WAITING).label("waiting"),
                theirs.label("theirs"),
            )
            .join(table, table.c.cohort_id == cohort.c.id)
            .where(cohort.c.id.in_([one.id for one in cohorts]))
            .group_by(cohort.c.id)
        )
        rows = {row.id: row for row in await self._session.execute(counted)}
        return [(one, *self._promise(one, rows.get(one.id))) for one in cohorts]

    def _promise(self, one: Cohort, row: Any) -> tuple[int, int]:
        taken, waiting, theirs = (row.taken, row.waiting, row.theirs) if row else (0, 0, 0)
        reserved = one.reserved
        is_kept = reserved.reserved_until is None or self._work.today < reserved.reserved_until
        kept = max(0, reserved.reserved_places - theirs) if is_kept else 0
        return 0 if waiting else max(0, one.capacity - taken - kept), waiting

    async def _places(self, cohorts: Mapping[UUID, Cohort]) -> dict[UUID, CohortPlaces]:
        found = {one.id: CohortPlaces(one, {}) for one in cohorts.values()}
        for one in read_rows(Booking, await self._session.execute(_ACTIVE, {"cohorts": list(found)})):
            found[one.cohort_id].bookings[one.id] = one
        return found

    async def _one(self, query: Select[Any]) -> Booking:
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            raise NotFound("booking_unknown", "There is no such booking. Check that all of the link was copied.")
        return read_row(Booking, row)
