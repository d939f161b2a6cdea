"""A cohort gets other times, another venue or other places: those who hold one are told, and those who wait move on."""

from dataclasses import dataclass

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.courses.packs.courses import COURSES
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import fill_places
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class ChangeCohort:
    changed: Cohort
    """As somebody entered it; its `version` is that of the cohort on their page."""


async def change_cohort(command: ChangeCohort, work: TrainingWork) -> None:
    """Lowering the places throws nobody out; raising them serves those who wait before anybody else.

    Raises:
        NotAllowed: the actor does not set up courses.
        NotFound: the team has no such cohort.
        Conflict: it was changed after the page was opened, or called off.
        RuleBroken: it cannot be taught so.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_COURSES)
    changed = command.changed
    places = await Bookings(work).lock(changed.id)
    here = places[changed.id]
    if here.cohort.called_off_at:
        raise Conflict("cohort_called_off", "This course was called off.")
    changed.check(COURSES[changed.course].version(changed.course_version))
    moved = here.cohort.change(changed, seen=changed.version)
    await Cohorts(work).save(here.cohort)
    for booking in list(here.bookings.values()):
        if moved and booking.state is BookingState.BOOKED:
            await PlaceMessages(work).changed(booking, here.cohort, moved)
    await fill_places(changed.id, places, work)
    work.record("cohort.change", changed.id)
