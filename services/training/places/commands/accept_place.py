"""Somebody takes the place that is held for them."""

from dataclasses import dataclass
from uuid import UUID

from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import give_place
from services.training.places.domain.booking import BookingState
from services.training.places.domain.places import accept, leave
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class AcceptPlace:
    booking_id: UUID


async def accept_place(command: AcceptPlace, work: TrainingWork) -> None:
    """Publish PlaceBooked or PlaceMoved; twice is once. A late answer is taken while nobody else has or waits for it.

    Raises:
        NotFound: the team has no such booking.
        Conflict: nothing is held, or the course has begun.
        RuleBroken: the place went to the next person.
    """
    bookings = Bookings(work)
    places = await bookings.lock((await bookings.get(command.booking_id)).cohort_id)
    booking = await bookings.get(command.booking_id)  # as it is under the lock
    if booking.state is BookingState.BOOKED:
        return
    here = places[booking.cohort_id]
    here.cohort.check_open(work.now)
    is_late = booking.how is PlaceEnd.LAPSED
    if booking.state is not BookingState.OFFERED and not is_late:
        raise Conflict("offer_none", "No place is held for you here. Look at your booking again.")
    if (other := here.of(booking.person_id)) and other.id != booking.id:
        raise Conflict("offer_again", "You asked again after this. Use the newer link.")
    queue = here.queue(work.today)
    if booking.offered_until and booking.offered_until <= work.now:  # before the timer came by
        queue, is_late = leave(queue, booking.id), True
    accept(queue, booking.id, is_late=is_late)
    await give_place(booking, places, work)
    work.record("place.accept", booking.id)
