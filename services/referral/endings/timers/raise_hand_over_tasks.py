"""Every hour: a baby who turned 18 months asks the team to plan the hand-over, well before the second birthday."""

from services.referral.endings.database.hand_overs_due import hand_overs_due
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.actor import system


async def raise_hand_over_tasks(units: TeamUnits) -> int:
    """Raise one task for each episode, once, unless a hand-over is planned already; gives how many."""
    async with units.begin(system()) as work:
        due = await hand_overs_due(work.session, work.today)
        raised = [
            await raise_task(
                RaiseTask(one.family_id, TaskKind.HAND_OVER, about=one.episode_id, episode_id=one.episode_id), work
            )
            for one in due
        ]
    return sum(task_id is not None for task_id in raised)
