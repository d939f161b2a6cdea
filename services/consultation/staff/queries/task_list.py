"""What must somebody of the team answer about a consultation, or about a colleague's supervision?"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, or_

from services.consultation.database.tables import consultation
from services.consultation.staff.database.tasks import Tasks
from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.staff.domain.task import ConsultationTask
from shared.contracts.vocabulary import Role
from shared.database.built_once import READER
from shared.staff.tables import colleague
from shared.staff.task_list import TaskLine, TaskList
from shared.unit_of_work import UnitOfWork

_whose = colleague.alias("whose")


@dataclass(frozen=True)
class ConsultationTaskLine(TaskLine[ConsultationTask]):
    held_on: date | None
    """Of the consultation that it is about."""
    colleague_name: str
    """Whose supervision it is about; else empty."""


async def one_task(work: UnitOfWork, task_id: UUID) -> ConsultationTaskLine:
    """Raises NotFound when the team has no such task."""
    return await ConsultationTasks(work.actor, work.now).one(work, task_id)


class ConsultationTasks(TaskList[ConsultationTask, ConsultationTaskLine]):
    tasks = Tasks

    @classmethod
    def found(cls, roles: frozenset[Role], *columns: ColumnElement[Any]) -> Select[Any]:
        """Who is behind with supervision, only whoever is asked to see to it sees, and the team lead."""
        task, every = Tasks.table.c, super().found(roles, *columns)
        if CAPABILITIES.holds(roles, LEAD_SUPERVISION):
            return every
        return every.where(or_(task.kind != ConsultationTask.BEHIND, task.assigned_to == READER))

    @classmethod
    def shown(cls, lines: Select[Any], found: FromClause) -> Select[Any]:  # noqa: ARG003 - the task says it
        subject = Tasks.table.c.subject_id
        return (
            lines.add_columns(consultation.c.held_on, _whose.c.name.label("colleague_name"))
            .outerjoin(consultation, consultation.c.id == subject)
            .outerjoin(_whose, _whose.c.id == subject)
        )

    def about_page(self, row: Any) -> str:
        is_supervision = row.kind == ConsultationTask.BEHIND
        return f"/{'supervision/people' if is_supervision else 'consultations'}/{row.subject_id}"

    def line(self, row: Any, said: dict[str, Any]) -> ConsultationTaskLine:
        return ConsultationTaskLine(**said, held_on=row.held_on, colleague_name=row.colleague_name or "")
