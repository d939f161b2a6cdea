"""Every hour: what somebody needed on the day, and their mobile number, are forgotten the day after the last one."""

from sqlalchemy import or_, select, update

from services.training.database.course_tables import booking, cohort
from services.training.staff.database.training_work import TrainingUnits
from shared.kernel.actor import system


async def forget_needs(units: TrainingUnits) -> int:
    """Gives how many bookings it was."""
    async with units.begin(system()) as work:
        over = select(cohort.c.id).where(cohort.c.ends_on < work.today)
        said = or_(booking.c.needs != "", booking.c.phone != "")
        forgotten = update(booking).where(booking.c.cohort_id.in_(over), said).values(needs="", phone="")
        ids = (await work.session.execute(forgotten.returning(booking.c.id))).all()
        if ids:
            work.record("place.forget_needs")
        return len(ids)
