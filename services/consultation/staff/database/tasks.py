"""The tasks of consultation: each is about one of them."""

from services.consultation.database.tables import task as table
from services.consultation.staff.domain.task import TASK_RULES, ConsultationTask
from shared.contracts.consultation import ConcernAnswered, ConcernRaised
from shared.staff.task import Task
from shared.staff.tasks import TasksAbout


class Tasks(TasksAbout[ConsultationTask]):
    """Those of one team."""

    table, subject = table, "consultation_id"
    kinds, rules = ConsultationTask, TASK_RULES

    def raised(self, task: Task[ConsultationTask]) -> ConcernRaised:
        return ConcernRaised(task_id=task.id, consultation_id=task.subject_id)

    def answered(self, task: Task[ConsultationTask]) -> ConcernAnswered:
        return ConcernAnswered(task_id=task.id, consultation_id=task.subject_id)

    async def check_subject(self, task: Task[ConsultationTask]) -> None:
        """Everybody of the team sees every consultation."""
