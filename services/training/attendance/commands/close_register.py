"""A day is over and its register is closed: who has no mark did not attend, and who has enough completes the course."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from services.training.attendance.database.registers import Registers, register_page
from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.courses.database.cohorts import Cohorts
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import AllPlaces, end_booking
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import BookingState
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.domain.place_words import after_words
from services.training.staff.database.tasks import Tasks
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_REGISTER
from shared.contracts.training_codes import PlaceEnd
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import Once


@dataclass(frozen=True)
class CloseRegister:
    cohort_id: UUID
    day: int
    minutes: int
    """As it was held; less than planned where the trainer ended it early, for everyone."""


async def close_register(command: CloseRegister, work: TrainingWork) -> None:
    """Publish CourseDayHeld, and once all days are closed PlaceEnded for who did not attend at all.

    Closed twice, it is closed once.

    Raises:
        NotAllowed: the actor does not keep registers.
        NotFound: the team has no such cohort.
        RuleBroken: the day has not come, or was longer than planned.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_REGISTER)
    places = await Bookings(work).lock(command.cohort_id)
    cohort = places[command.cohort_id].cohort
    day = cohort.day(command.day)
    if day.closed_at:
        return
    if day.starts_at > work.now:
        raise RuleBroken("register_early", "This day has not begun. The register can be closed on the day itself.")
    if not 0 < command.minutes <= day.minutes:
        raise RuleBroken("register_minutes", f"Enter the minutes that were held, up to {day.minutes}.", field="minutes")
    closed = replace(day, minutes=command.minutes, closed_at=work.now)
    cohort.days = tuple(closed if one.number == day.number else one for one in cohort.days)
    await Cohorts(work).save(cohort)
    work.publish(cohort.held(day.number), about=Once(uuid5(cohort.id, f"day {day.number}")))
    await _settle(command.cohort_id, places, work)
    await Tasks(work).is_done(TrainingTask.REGISTER, register_page(cohort.id, day.number), "The register was closed.")
    work.record("register.close", command.cohort_id)


async def _settle(cohort_id: UUID, places: AllPlaces, work: TrainingWork) -> None:
    here = places[cohort_id]
    came = set(await Registers(work).who_came(cohort_id))
    for booking in list(here.bookings.values()):
        if booking.id in came:
            if here.cohort.is_over:
                words = after_words(here.cohort, PlaceMessages(work).link(booking), work.team)
                await PlaceMessages(work).about(PlaceMessage.AFTER, booking, str(booking.id), words)
            await complete_training(CompleteTraining(booking.person_id, here.cohort.course), work)
        elif here.cohort.is_over:
            had_place = booking.state is BookingState.BOOKED
            how = PlaceEnd.DID_NOT_ATTEND if had_place else PlaceEnd.NEVER_FREE
            await end_booking(booking, how, places, work, fills=False)
