"""Somebody asks for a place: they get it, or wait for one."""

import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from services.training.places.database.askers import Askers, KnownAsker
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import AllPlaces, give_place
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.asker import Asker
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.cohort_places import CohortPlaces
from services.training.places.domain.places import join, leave
from services.training.staff.database.training_work import TrainingWork
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id

BYTES_OF_A_SECRET = 20


@dataclass(frozen=True)
class BookPlace:
    booking_id: UUID
    """The same for the same form sent twice."""
    cohort_id: UUID
    asker: Asker
    may_wait: bool
    """They want to stand on the list if it is full."""
    also: frozenset[UUID] = frozenset()
    """Other cohorts of the course that would do as well: they wait for each, and the first that comes ends the rest."""


async def book_place(command: BookPlace, work: TrainingWork) -> Booking:
    """Publish PlaceBooked where there is a place: judged now, under the cohort's lock, not when a page was opened.

    Raises:
        NotFound: the team has no such cohort.
        Conflict: it has begun, or was called off.
        RuleBroken: they are in it already; or it is full, and they did not want to wait.
    """
    places = await Bookings(work).lock(command.cohort_id)
    here = places[command.cohort_id]
    here.cohort.check_open(work.now)
    known = await Askers(work).find_or_add(command.asker)
    if here.of(known.person_id):
        raise RuleBroken(
            "place_twice",
            "Someone with this name and email is booked here already, or waits. The link is in the email we sent.",
        )
    booking = _booking(command.booking_id, command, known, here, work)
    if not await _take(booking, here, places, work):
        if not command.may_wait:
            raise _full(here, work)
        await PlaceMessages(work).waiting(booking, here.cohort)
        await _wait_elsewhere(command, known, places, work)
    work.record("place.book", booking.id)
    return booking


async def _take(booking: Booking, here: CohortPlaces, places: AllPlaces, work: TrainingWork) -> bool:
    """Whether they have a place; otherwise they wait."""
    here.bookings[booking.id] = booking
    await Bookings(work).add(booking)
    if booking.id not in join(leave(here.queue(work.today), booking.id), booking.id).booked:
        return False
    await give_place(booking, places, work)
    return True


async def _wait_elsewhere(command: BookPlace, known: KnownAsker, places: AllPlaces, work: TrainingWork) -> None:
    for cohort_id, there in places.items():
        if cohort_id in command.also - {command.cohort_id} and not there.of(known.person_id):
            there.cohort.check_open(work.now)
            waits = _booking(new_id(), command, known, there, work)
            if await _take(waits, there, places, work):
                return


def _booking(
    booking_id: UUID, command: BookPlace, known: KnownAsker, here: CohortPlaces, work: TrainingWork
) -> Booking:
    return Booking(
        booking_id,
        here.cohort.id,
        known.person_id,
        known.organisation_id,
        known.sector,
        command.asker.profession,
        BookingState.WAITING,
        here.next_line,
        work.now,
        secrets.token_urlsafe(BYTES_OF_A_SECRET),
        phone=command.asker.phone,
    )


def _full(here: CohortPlaces, work: TrainingWork) -> RuleBroken:
    place = len(here.queue(work.today).waiting)  # they are the last of it
    sentence = f"It is full now. Tick this to be number {place} on the waiting list, and send it again."
    return RuleBroken("place_full", sentence, field="may_wait")


def waiting_booking(own: Booking, here: CohortPlaces, work: TrainingWork) -> Booking:
    """For the same person in another cohort, behind all others."""
    return replace(
        own,
        id=new_id(),
        cohort_id=here.cohort.id,
        state=BookingState.WAITING,
        line=here.next_line,
        asked_at=work.now,
        secret=secrets.token_urlsafe(BYTES_OF_A_SECRET),
        offered_until=None,
        ended_at=None,
        how=None,
        why_moved_up="",
        version=0,
    )
