"""Somebody wants other dates of the same course: they keep what they have until the other place is theirs."""

from dataclasses import dataclass
from uuid import UUID

from services.training.places.commands.book_place import waiting_booking
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import AllPlaces, fill_places, give_place
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.cohort_places import CohortPlaces
from services.training.places.domain.places import join, leave
from services.training.staff.database.training_work import TrainingWork
from shared.kernel.errors import Conflict, NotFound


@dataclass(frozen=True)
class MovePlace:
    booking_id: UUID
    cohort_id: UUID
    """Where they want to be."""


async def move_place(command: MovePlace, work: TrainingWork) -> Booking:
    """Publish PlaceMoved where there is a place; otherwise they wait there and keep what they have here.

    Two people who hold what the other waits for swap. Gives the booking for the other dates.

    Raises:
        NotFound: the team has no such booking, or the course no such cohort.
        Conflict: the booking has ended, or the other dates have begun or were called off.
    """
    own = await Bookings(work).get(command.booking_id)
    places = await Bookings(work).lock(own.cohort_id)
    if command.cohort_id not in places:
        raise NotFound("cohort_unknown", "This course has no such dates. Choose from the list.")
    there = places[command.cohort_id]
    if (kept := places[own.cohort_id].of(own.person_id)) is None or kept.id != own.id:
        raise Conflict("booking_ended", "This booking has ended. Book a new place.")
    there.cohort.check_open(work.now)
    wanted = there.of(own.person_id)
    if wanted is None:
        wanted = waiting_booking(kept, there, work)
        there.bookings[wanted.id] = wanted
        await Bookings(work).add(wanted)
        await _settle(kept, wanted, places, work)
    work.record("place.move", wanted.id)
    return wanted


async def _settle(kept: Booking, wanted: Booking, places: AllPlaces, work: TrainingWork) -> None:
    there = places[wanted.cohort_id]
    if wanted.id in join(leave(there.queue(work.today), wanted.id), wanted.id).booked:
        await give_place(wanted, places, work)
    elif partner := _partner(kept, wanted, places, work):
        await give_place(wanted, places, work, fills=False)
        await give_place(partner, places, work, fills=False)
        for cohort_id in (kept.cohort_id, wanted.cohort_id):
            await fill_places(cohort_id, places, work)
    else:
        await PlaceMessages(work).waiting(wanted, there.cohort)


def _partner(kept: Booking, wanted: Booking, places: AllPlaces, work: TrainingWork) -> Booking | None:
    """What somebody waits for here who has a place there, if both are the next of their line; None: nobody."""
    here, there = places[kept.cohort_id], places[wanted.cohort_id]
    if kept.state is not BookingState.BOOKED or _next(there, work) != wanted.id:
        return None
    first = here.bookings.get(_next(here, work) or kept.id)
    has_place = first and (held := there.of(first.person_id)) and held.state is BookingState.BOOKED
    return first if has_place and first and first.id != kept.id else None


def _next(places: CohortPlaces, work: TrainingWork) -> UUID | None:
    return next(iter(places.queue(work.today).waiting), None)
