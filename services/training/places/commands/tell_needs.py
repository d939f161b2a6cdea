"""Somebody who has a place says what they need on the day."""

from dataclasses import dataclass
from uuid import UUID

from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingWork
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class TellNeeds:
    booking_id: UUID
    needs: str
    """Empty: nothing, also when something was said before."""


async def tell_needs(command: TellNeeds, work: TrainingWork) -> None:
    """It is for the trainer, and forgotten after the day.

    Raises:
        NotFound: the team has no such booking.
        Conflict: they have no place.
    """
    bookings = Bookings(work)
    places = await bookings.lock((await bookings.get(command.booking_id)).cohort_id)
    booking = await bookings.get(command.booking_id)  # as it is under the lock
    if booking.state is not BookingState.BOOKED or places[booking.cohort_id].cohort.days[-1].ends_at <= work.now:
        raise Conflict("booking_ended", "This is for a place that you have. Look at your booking again.")
    booking.needs = command.needs
    await bookings.save(booking)
    work.record("place.tell_needs", booking.id)
