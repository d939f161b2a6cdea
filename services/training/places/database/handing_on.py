"""Free places go to those who wait. Whatever makes a place free ends here, in the same transaction.

Who gets a place in one cohort of a course gives up what they had or waited for in its others, and that makes places
free there: so one move can be several.
"""

from collections.abc import Mapping
from uuid import UUID

from services.training.places.database.booking_answers import take_answers_along
from services.training.places.database.bookings import Bookings
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.cohort_places import CohortPlaces
from services.training.places.domain.places import fill, offer_until
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training import PlaceBooked, PlaceEnded, PlaceMoved
from shared.contracts.training_codes import PlaceEnd

AllPlaces = Mapping[UUID, CohortPlaces]
"""Of the cohorts of one course, locked."""


async def fill_places(cohort_id: UUID, places: AllPlaces, work: TrainingWork) -> None:
    """Offer or give what is free in the cohort, in the order of the line; nothing once it has begun."""
    here = places[cohort_id]
    if here.cohort.called_off_at or here.cohort.starts_at <= work.now:
        return
    until = offer_until(work.now, here.cohort.starts_at)
    before = here.queue(work.today)
    after = fill(before, here.cohort.filling, may_offer=until is not None)
    for booking_id in after.offered:
        if booking_id not in before.offered and until:
            offered = here.bookings[booking_id]
            offered.hold(until)
            await Bookings(work).save(offered)
            await PlaceMessages(work).offer(offered, here.cohort)
            work.record("place.offer", offered.id)
    for booking_id in after.booked:
        if booking_id not in before.booked:
            await give_place(here.bookings[booking_id], places, work)


async def give_place(booking: Booking, places: AllPlaces, work: TrainingWork, *, fills: bool = True) -> None:
    """The place is theirs: publish PlaceBooked, or PlaceMoved when they had one in another cohort of the course.

    Args:
        fills: what they give up elsewhere goes to those who wait there; not while two people swap.
    """
    here = places[booking.cohort_id]
    left = [other for one in places.values() if (other := one.of(booking.person_id)) and other.id != booking.id]
    moved_from = next((one for one in left if one.state is BookingState.BOOKED), None)
    booking.give()
    here.bookings[booking.id] = booking
    if moved_from:
        moved = PlaceMoved(
            booking_id=booking.id,
            cohort_id=booking.cohort_id,
            from_cohort_id=moved_from.cohort_id,
            course=here.cohort.course,
            sector=booking.sector,
            profession=booking.profession,
            starts_on=here.cohort.starts_on,
            from_starts_on=places[moved_from.cohort_id].cohort.starts_on,
        )
        work.publish(moved, about=booking)
        booking.needs, booking.phone = booking.needs or moved_from.needs, booking.phone or moved_from.phone
        await take_answers_along(moved_from.id, booking.id, work)
    else:
        work.publish(_booked(booking, here), about=booking)
    await Bookings(work).save(booking)
    await PlaceMessages(work).place(booking, here.cohort)
    for other in left:
        await end_booking(other, PlaceEnd.MOVED, places, work, fills=fills)


async def end_booking(
    booking: Booking, how: PlaceEnd, places: AllPlaces, work: TrainingWork, *, fills: bool = True
) -> None:
    """Out of it, whatever they had: publish PlaceEnded where a sure place was given up, but for a move."""
    here = places[booking.cohort_id]
    had_place = booking.state is BookingState.BOOKED
    if had_place and how is not PlaceEnd.MOVED:
        work.publish(_ended(booking, here, how), about=booking)
    booking.end(how, work.now)
    here.bookings.pop(booking.id, None)
    await Bookings(work).save(booking)
    if had_place:
        await PlaceMessages(work).given_up(booking, here.cohort)
    if fills:
        await fill_places(booking.cohort_id, places, work)


def _booked(booking: Booking, here: CohortPlaces) -> PlaceBooked:
    return PlaceBooked(
        booking_id=booking.id,
        cohort_id=booking.cohort_id,
        course=here.cohort.course,
        sector=booking.sector,
        profession=booking.profession,
        starts_on=here.cohort.starts_on,
    )


def _ended(booking: Booking, here: CohortPlaces, how: PlaceEnd) -> PlaceEnded:
    return PlaceEnded(
        booking_id=booking.id,
        cohort_id=booking.cohort_id,
        course=here.cohort.course,
        sector=booking.sector,
        profession=booking.profession,
        starts_on=here.cohort.starts_on,
        how=how,
    )
