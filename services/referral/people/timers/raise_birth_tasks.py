"""Every hour: a due date that passed more than 28 days ago asks the team what became of the pregnancy."""

from services.referral.people.database.overdue_births import overdue_births
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.actor import system


async def raise_birth_tasks(units: TeamUnits) -> int:
    """Raise one task for each unborn baby, once; gives how many. Source: reference 3.1."""
    async with units.begin(system()) as work:
        overdue = await overdue_births(work.session, work.today)
        raised = [
            await raise_task(RaiseTask(family_id, TaskKind.BIRTH_NOT_RECORDED, about=person_id), work)
            for family_id, person_id in overdue
        ]
    return sum(task_id is not None for task_id in raised)
