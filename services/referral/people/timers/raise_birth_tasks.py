"""Once a day: a due date that passed more than 28 days ago asks the team what became of the pregnancy."""

from datetime import datetime

from services.referral.people.database.overdue_births import overdue_births
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork


async def raise_birth_tasks(now: datetime, work: UnitOfWork) -> int:
    """Raise one task for each unborn baby, once; gives how many. Source: reference 3.1.

    Args:
        now: UTC.
    """
    overdue = await overdue_births(work.session, london_date(now))
    raised = [
        await raise_task(RaiseTask(family_id, TaskKind.BIRTH_NOT_RECORDED, about=person_id), work)
        for family_id, person_id in overdue
    ]
    return sum(task_id is not None for task_id in raised)
