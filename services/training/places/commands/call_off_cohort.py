"""A course is called off before it begins: everybody who had a place or waited is told."""

from dataclasses import dataclass
from uuid import UUID

from services.training.courses.database.cohorts import Cohorts
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import end_booking
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import changed_meanwhile


@dataclass(frozen=True)
class CallOffCohort:
    cohort_id: UUID
    expected_version: int


async def call_off_cohort(command: CallOffCohort, work: TrainingWork) -> None:
    """Publish PlaceEnded for each place.

    Raises:
        NotAllowed: the actor does not set up courses.
        NotFound: the team has no such cohort.
        Conflict: it has begun, was called off, or was changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_COURSES)
    places = await Bookings(work).lock(command.cohort_id)
    here = places[command.cohort_id]
    here.cohort.check_open(work.now)
    if here.cohort.version != command.expected_version:
        raise changed_meanwhile("cohort_changed", "Someone changed this cohort")
    here.cohort.called_off_at = work.now
    await Cohorts(work).save(here.cohort)
    for booking in list(here.bookings.values()):
        await end_booking(booking, PlaceEnd.CALLED_OFF, places, work)
    work.record("cohort.call_off", command.cohort_id)
