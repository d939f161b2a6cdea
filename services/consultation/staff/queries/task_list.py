"""What must somebody of the team answer about a consultation?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select

from services.consultation.database.tables import consultation
from services.consultation.staff.database.tasks import Tasks
from services.consultation.staff.domain.task import ConsultationTask
from shared.staff.task_list import TaskLine, TaskList
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ConsultationTaskLine(TaskLine[ConsultationTask]):
    held_on: date


async def one_task(work: UnitOfWork, task_id: UUID) -> ConsultationTaskLine:
    """Raises NotFound when the team has no such task."""
    return await ConsultationTasks(work.actor, work.today).one(work, task_id)


class ConsultationTasks(TaskList[ConsultationTask, ConsultationTaskLine]):
    tasks = Tasks

    def shown(self, lines: Select[Any], found: FromClause) -> Select[Any]:  # noqa: ARG002 - the task says it
        its = consultation.c.id == Tasks.table.c.consultation_id
        return lines.add_columns(consultation.c.held_on).join(consultation, its)

    def about_page(self, row: Any) -> str:
        return f"/consultations/{row.consultation_id}"

    def line(self, row: Any, said: dict[str, Any]) -> ConsultationTaskLine:
        return ConsultationTaskLine(**said, held_on=row.held_on)
