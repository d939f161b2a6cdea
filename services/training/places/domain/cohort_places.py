"""A cohort with everybody who has, is offered or waits for a place in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.courses.domain.cohort import Cohort
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.places import Queue


@dataclass
class CohortPlaces:
    cohort: Cohort
    bookings: dict[UUID, Booking]
    """Those that are active."""

    def queue(self, today: date) -> Queue:
        """As it stands; places that are kept for an organisation are kept before the day on which they open to all."""
        reserved = self.cohort.reserved
        is_kept = reserved.reserved_until is None or today < reserved.reserved_until
        return Queue(
            self.cohort.capacity,
            self._in(BookingState.BOOKED),
            self._in(BookingState.OFFERED),
            self._in(BookingState.WAITING),
            reserved.reserved_places if is_kept else 0,
            frozenset(one.id for one in self._all if one.organisation_id == reserved.reserved_for is not None),
        )

    @property
    def _all(self) -> Iterable[Booking]:
        return self.bookings.values()

    def _in(self, state: BookingState) -> tuple[UUID, ...]:
        return tuple(one.id for one in sorted(self._all, key=lambda one: one.line) if one.state is state)

    def of(self, person_id: UUID) -> Booking | None:
        """Their active booking here."""
        return next((one for one in self._all if one.person_id == person_id), None)

    @property
    def next_line(self) -> int:
        """Behind everybody."""
        return max((one.line for one in self._all), default=0) + 1

    @property
    def first_line(self) -> int:
        """Before everybody."""
        return min((one.line for one in self._all), default=0) - 1
