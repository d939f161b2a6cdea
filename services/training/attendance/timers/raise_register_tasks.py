"""Every hour: more than a working day after a day nobody has closed its register, so the trainer is asked to."""

from typing import Any
from uuid import uuid5

from sqlalchemy import select

from services.training.attendance.database.registers import register_page
from services.training.courses.domain.cohort import is_register_late
from services.training.database.course_tables import cohort, cohort_day
from services.training.staff.database.tasks import Tasks
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.training_task import TrainingTask
from shared.kernel.actor import system
from shared.kernel.calendar import date_words
from shared.kernel.clock import london_date
from shared.staff.tables import colleague


async def raise_register_tasks(units: TrainingUnits) -> int:
    """One task for each such day, once, and once more where the day is moved; gives how many are new."""
    async with units.begin(system()) as work:
        query = (
            select(cohort_day, cohort.c.course, colleague.c.id.label("trainer_id"))
            .join(cohort, cohort.c.id == cohort_day.c.cohort_id)
            .outerjoin(colleague, colleague.c.id == cohort.c.trainer_id)
            .where(cohort_day.c.closed_at.is_(None), cohort_day.c.ends_at <= work.now)
            .where(cohort.c.called_off_at.is_(None))
            .order_by(cohort_day.c.ends_at, cohort_day.c.cohort_id)
        )
        rows = (await work.session.execute(query)).all()
        return sum([await _raise(row, work) for row in rows if _is_late(row, work)])


def _is_late(day: Any, work: TrainingWork) -> bool:
    return is_register_late(london_date(day.starts_at), work.today)


async def _raise(day: Any, work: TrainingWork) -> bool:
    course, held_on = TrainingCourse(day.course).label, date_words(london_date(day.starts_at))
    raised = await Tasks(work).raise_task(
        day.cohort_id,
        TrainingTask.REGISTER,
        about=uuid5(day.cohort_id, f"{day.number} {day.sequence}"),
        detail=f"{course}, day {day.number}, {held_on}",
        assigned_to=day.trainer_id,
        more={"page": register_page(day.cohort_id, day.number)},
    )
    return raised is not None
