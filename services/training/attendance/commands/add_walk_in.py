"""Somebody is here who did not book: they are added and marked, also when all places are taken."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from services.training.attendance.database.registers import Mark, Registers
from services.training.places.commands.book_place import BYTES_OF_A_SECRET
from services.training.places.database.askers import Askers
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import give_place
from services.training.places.domain.asker import Asker
from services.training.places.domain.booking import Booking, BookingState
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_REGISTER
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class AddWalkIn:
    booking_id: UUID
    cohort_id: UUID
    day: int
    asker: Asker


async def add_walk_in(command: AddWalkIn, work: TrainingWork) -> None:
    """Publish PlaceBooked. The cohort may be over its places by it, and says so.

    Raises:
        NotAllowed: the actor does not keep registers.
        NotFound: the team has no such cohort.
        RuleBroken: the day has not come.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_REGISTER)
    bookings = Bookings(work)
    places = await bookings.lock(command.cohort_id)
    here = places[command.cohort_id]
    day = here.cohort.day(command.day)
    if day.on > work.today:
        raise RuleBroken("register_early", "This day has not come yet. The register opens on the day itself.")
    known = await Askers(work).find_or_add(command.asker)
    booking = Booking(
        command.booking_id,
        command.cohort_id,
        known.person_id,
        known.organisation_id,
        known.sector,
        command.asker.profession,
        BookingState.BOOKED,
        here.next_line,
        work.now,
        secrets.token_urlsafe(BYTES_OF_A_SECRET),
        is_walk_in=True,
    )
    await bookings.add(booking)
    await give_place(booking, places, work)
    await Registers(work).mark(booking.id, day.number, Mark(is_here=True))
    work.record("attendance.walk_in", booking.id)
