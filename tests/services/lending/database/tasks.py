"""The library's tasks: each is about a parcel, and tells the team of the family whose it is."""

from shared.contracts.pathway import TaskAnswered, TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.staff.task import Task
from shared.staff.tasks import TasksAbout
from tests.services.lending.database.tables import task
from tests.services.lending.domain.task import TASK_RULES, LendingTask


class Tasks(TasksAbout[LendingTask]):
    table, subject = task, "parcel_id"
    kinds, rules = LendingTask, TASK_RULES

    def raised(self, task: Task[LendingTask]) -> TaskRaised:
        return TaskRaised(task_id=task.id, family_id=task.more["family_id"], kind=TaskKind.HAND_OVER)

    def answered(self, task: Task[LendingTask]) -> TaskAnswered:
        return TaskAnswered(task_id=task.id, family_id=task.more["family_id"], kind=TaskKind.HAND_OVER)

    async def check_subject(self, task: Task[LendingTask]) -> None:
        """Everyone of the library sees every parcel."""
