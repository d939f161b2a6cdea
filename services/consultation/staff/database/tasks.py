"""The tasks of the team: each is about a consultation, or about a colleague's supervision."""

from services.consultation.database.tables import task as table
from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.staff.domain.task import TASK_RULES, ConsultationTask
from shared.contracts.consultation import ConcernAnswered, ConcernRaised
from shared.contracts.supervision import SupervisionFellBehind, SupervisionSeenTo
from shared.kernel.errors import NotSeen
from shared.staff.task import Task
from shared.staff.tasks import TasksAbout


class Tasks(TasksAbout[ConsultationTask]):
    """Those of one team."""

    table, subject = table, "subject_id"
    kinds, rules = ConsultationTask, TASK_RULES

    def raised(self, task: Task[ConsultationTask]) -> ConcernRaised | SupervisionFellBehind:
        if task.kind is ConsultationTask.BEHIND:
            return SupervisionFellBehind(task_id=task.id, colleague_id=task.subject_id)
        return ConcernRaised(task_id=task.id, consultation_id=task.subject_id)

    def answered(self, task: Task[ConsultationTask]) -> ConcernAnswered | SupervisionSeenTo:
        if task.kind is ConsultationTask.BEHIND:
            return SupervisionSeenTo(task_id=task.id, colleague_id=task.subject_id)
        return ConcernAnswered(task_id=task.id, consultation_id=task.subject_id)

    async def check_subject(self, task: Task[ConsultationTask]) -> None:
        """Everybody of the team sees every consultation; who is behind, whoever is asked to see to it, and the lead."""
        if task.kind is ConsultationTask.BEHIND and not self._is_asked(task):
            raise NotSeen("supervision_task", "Only their supervisor and the team lead see this. Ask one of them.")

    def _is_asked(self, task: Task[ConsultationTask]) -> bool:
        actor = self.work.actor
        return task.assigned_to == actor.id or CAPABILITIES.holds(actor.roles, LEAD_SUPERVISION)
