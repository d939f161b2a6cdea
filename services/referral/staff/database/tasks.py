"""The tasks of a team that works with families: each is about one of them."""

from services.referral.database.contact_tables import task as table
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.referral.staff.domain.task import TASK_RULES
from shared.contracts.pathway import TaskAnswered, TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.staff.task import Task
from shared.staff.tasks import TasksAbout


class Tasks(TasksAbout[TaskKind]):
    """Those of one team."""

    table, subject = table, "family_id"
    kinds, rules = TaskKind, TASK_RULES

    def raised(self, task: Task[TaskKind]) -> TaskRaised:
        return TaskRaised(task_id=task.id, family_id=task.subject_id, kind=task.kind)

    def answered(self, task: Task[TaskKind]) -> TaskAnswered:
        return TaskAnswered(task_id=task.id, family_id=task.subject_id, kind=task.kind)

    async def check_subject(self, task: Task[TaskKind]) -> None:
        """The lead reviews an opening without seeing the record."""
        is_review = task.kind is TaskKind.BREAK_GLASS_REVIEW
        if not (is_review and CAPABILITIES.holds(self.work.actor.roles, LEAD_RECORDS)):
            await check_family(self.work, task.subject_id)
