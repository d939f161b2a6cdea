"""The register says of somebody that they are here, are not, came late or left early; or says nothing any more."""

from dataclasses import dataclass
from uuid import UUID

from services.training.attendance.database.registers import Mark, Registers
from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.courses.domain.cohort import CohortDay
from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import Booking, BookingState
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_REGISTER
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class MarkAttendance:
    booking_id: UUID
    day: int
    mark: Mark | None
    """None: nothing is said of them any more."""


async def mark_attendance(command: MarkAttendance, work: TrainingWork) -> None:
    """After the register was closed it is a correction: what follows from it follows now, dated with the day itself.

    Raises:
        NotAllowed: the actor does not keep registers.
        NotFound: the team has no such booking.
        Conflict: they had no place.
        RuleBroken: the day has not come, or the minutes are more than it has.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_REGISTER)
    bookings = Bookings(work)
    places = await bookings.lock((await bookings.get(command.booking_id)).cohort_id)
    booking = await bookings.get(command.booking_id)  # as it is under the lock
    cohort = places[booking.cohort_id].cohort
    day = cohort.day(command.day)
    _check(booking, day, command.mark, work)
    await Registers(work).mark(booking.id, day.number, command.mark)
    if booking.how is PlaceEnd.DID_NOT_ATTEND and command.mark and command.mark.is_here:
        booking.give()
        await bookings.save(booking)
    if day.closed_at:
        await complete_training(CompleteTraining(booking.person_id, cohort.course), work)
    work.record("attendance.correct" if day.closed_at else "attendance.mark", booking.id)


def _check(booking: Booking, day: CohortDay, mark: Mark | None, work: TrainingWork) -> None:
    if booking.state is not BookingState.BOOKED and booking.how is not PlaceEnd.DID_NOT_ATTEND:
        raise Conflict("register_no_place", "They have no place here. If they are here, add them below the list.")
    if day.on > work.today:
        raise RuleBroken("register_early", "This day has not come yet. The register opens on the day itself.")
    if mark and mark.late_minutes + mark.early_minutes > day.minutes:
        raise RuleBroken("register_minutes", f"The day has {day.minutes} minutes. Enter fewer.", field="late")
