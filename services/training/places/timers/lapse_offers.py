"""Every minute: an offer that nobody answered in time lapses, and the place goes to the next.

Places that were kept for an organisation go to those who wait, on the day on which they open to all.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Reserved
from services.training.database.course_tables import booking, cohort
from services.training.places.database.bookings import Bookings
from services.training.places.database.handing_on import end_booking, fill_places
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import BookingState
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.actor import system


async def lapse_offers(units: TrainingUnits) -> int:
    """One cohort at a time; gives 1, or 0 when there is none."""
    async with units.begin(system()) as work:
        if cohort_id := await work.session.scalar(_next_cohort(work)):
            await _lapse(cohort_id, work)
        return 1 if cohort_id else 0


def _next_cohort(work: TrainingWork) -> Select[Any]:
    is_late = booking.c.state == BookingState.OFFERED, booking.c.offered_until <= work.now
    opens = cohort.c.reserved_places > 0, cohort.c.reserved_until <= work.today
    has_late = exists(select(booking.c.id).where(booking.c.cohort_id == cohort.c.id, *is_late))
    return select(cohort.c.id).where(or_(has_late, and_(*opens))).order_by(cohort.c.id).limit(1)


async def _lapse(cohort_id: UUID, work: TrainingWork) -> None:
    places = await Bookings(work).lock(cohort_id)
    here = places[cohort_id]
    late = [one for one in here.bookings.values() if one.offered_until and one.offered_until <= work.now]
    for offered in sorted(late, key=lambda one: one.line):
        await PlaceMessages(work).lapsed(offered, here.cohort)
        await end_booking(offered, PlaceEnd.LAPSED, places, work, fills=False)
        work.record("place.lapse", offered.id)
    reserved = here.cohort.reserved
    if reserved.reserved_until and reserved.reserved_until <= work.today:
        here.cohort.reserved = Reserved()
        await Cohorts(work).save(here.cohort)
    await fill_places(cohort_id, places, work)
