"""Bookings of two records that are joined: of two in one cohort one stays, and the place of the other is free."""

from uuid import UUID

from sqlalchemy import Table, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.training.database.course_tables import attendance, booking
from services.training.merges.database.follower import RowsFollow
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import end_booking
from services.training.places.domain.booking import ACTIVE, Booking, BookingState
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import PlaceEnd

_ENDED = "ended:"
"""Before the id of a booking that ended because the person had another in the cohort, and the state that it had."""


class BookingsFollow:
    """The place that is surer stays; where both are as sure, that of the record that is kept."""

    table: Table = booking

    async def follow(self, work: TrainingWork, retired_id: UUID, kept_id: UUID) -> list[str]:
        ended: list[str] = []
        for cohort_id in await self._both_in(work, retired_id, kept_id):
            places = await Bookings(work).lock(cohort_id)
            theirs = [one for one in (places[cohort_id].of(who) for who in (kept_id, retired_id)) if one]
            theirs.sort(key=lambda one: ACTIVE.index(one.state))
            stays, goes = theirs
            state = goes.state
            await end_booking(goes, PlaceEnd.CANCELLED, places, work)
            await self._take_attendance(work, goes, stays)
            ended.append(f"{_ENDED}{goes.id}:{state.value}")
        return ended + await RowsFollow(booking).follow(work, retired_id, kept_id)

    async def go_back(self, work: TrainingWork, retired_id: UUID, holder_id: UUID, moved: list[str]) -> None:
        """Both have their places again, so a cohort may be over by one; an offer that ran out meanwhile waits."""
        rows = [one for one in moved if not one.startswith(_ENDED)]
        await RowsFollow(booking).go_back(work, retired_id, holder_id, rows)
        for one in moved:
            if one.startswith(_ENDED):
                booking_id, _, state = one.removeprefix(_ENDED).partition(":")
                had = BookingState.BOOKED if BookingState(state) is BookingState.BOOKED else BookingState.WAITING
                again = {"state": had, "ended_at": None, "how": None, "offered_until": None}
                own = booking.c.id == UUID(booking_id), booking.c.state == BookingState.ENDED
                await work.session.execute(update(booking).where(*own).values(again))

    async def _both_in(self, work: TrainingWork, retired_id: UUID, kept_id: UUID) -> list[UUID]:
        query = (
            select(booking.c.cohort_id)
            .where(booking.c.person_id.in_([retired_id, kept_id]), booking.c.state.in_(ACTIVE))
            .group_by(booking.c.cohort_id)
            .having(func.count() > 1)
            .order_by(booking.c.cohort_id)
        )
        return list(await work.session.scalars(query))

    async def _take_attendance(self, work: TrainingWork, goes: Booking, stays: Booking) -> None:
        """Whoever was there by one of the two records was there."""
        columns = [column for column in attendance.columns if column.name != "booking_id"]
        there = select(attendance.c.booking_id, *columns).where(attendance.c.booking_id == goes.id)
        for row in await work.session.execute(there.where(attendance.c.is_here)):
            values = {column.name: getattr(row, column.name) for column in columns}
            stored = insert(attendance).values(booking_id=stays.id, **values)
            was_absent = ~attendance.c.is_here
            await work.session.execute(
                stored.on_conflict_do_update(index_elements=["booking_id", "day"], set_=values, where=was_absent)
            )
