"""Somebody who waits becomes the next in the line, for a reason that the team can read."""

from dataclasses import dataclass
from uuid import UUID

from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import fill_places
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class MoveUp:
    booking_id: UUID
    why: str


async def move_up(command: MoveUp, work: TrainingWork) -> None:
    """Nobody loses a place by it.

    Raises:
        NotAllowed: the actor does not set up courses.
        NotFound: the team has no such booking.
        Conflict: they do not wait any more.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_COURSES)
    bookings = Bookings(work)
    places = await bookings.lock((await bookings.get(command.booking_id)).cohort_id)
    booking = await bookings.get(command.booking_id)  # as it is under the lock
    if booking.state is not BookingState.WAITING:
        raise Conflict("booking_not_waiting", "They do not wait any more. Look at the cohort again.")
    here = places[booking.cohort_id]
    moved = here.bookings[booking.id]
    moved.line, moved.why_moved_up = here.first_line, command.why
    await bookings.save(moved)
    await fill_places(booking.cohort_id, places, work)
    work.record("place.move_up", booking.id)
