"""Somebody gives up their place, the offer of one, or their place in the line."""

from dataclasses import dataclass
from uuid import UUID

from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import end_booking
from services.training.places.domain.booking import Booking, BookingState
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class GiveUpPlace:
    booking_id: UUID


async def give_up_place(command: GiveUpPlace, work: TrainingWork) -> None:
    """Publish PlaceEnded where they had a place; it goes to the next in the same transaction. Twice is once.

    Raises:
        NotFound: the team has no such booking.
        Conflict: the course has begun: the register says who came.
    """
    bookings = Bookings(work)
    places = await bookings.lock((await bookings.get(command.booking_id)).cohort_id)
    booking = await bookings.get(command.booking_id)  # as it is under the lock
    if not booking.is_active:
        return
    here = places[booking.cohort_id]
    if here.cohort.starts_at <= work.now:
        raise Conflict("cohort_begun", "The course has begun, so the register says who came. Tell the trainer.")
    await end_booking(here.bookings[booking.id], _how(booking, here.cohort.is_late_at(work.now)), places, work)
    work.record("place.give_up", booking.id)


def _how(booking: Booking, is_late: bool) -> PlaceEnd:  # noqa: FBT001 - the one thing that it depends on besides
    if booking.state is BookingState.WAITING:
        return PlaceEnd.LEFT_LIST
    if booking.state is BookingState.OFFERED:
        return PlaceEnd.DECLINED
    return PlaceEnd.CANCELLED_LATE if is_late else PlaceEnd.CANCELLED
