"""What must somebody of the team answer about training?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select

from services.training.database.workforce_tables import person
from services.training.staff.database.tasks import Tasks
from shared.contracts.training_task import TrainingTask
from shared.staff.task_list import TaskLine, TaskList
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TrainingTaskLine(TaskLine[TrainingTask]):
    person_name: str
    """Whom it is about; empty: a cohort."""


async def one_task(work: UnitOfWork, task_id: UUID) -> TrainingTaskLine:
    """Raises NotFound when the team has no such task."""
    return await TrainingTasks(work.actor, work.now).one(work, task_id)


class TrainingTasks(TaskList[TrainingTask, TrainingTaskLine]):
    tasks = Tasks

    @classmethod
    def shown(cls, lines: Select[Any], found: FromClause) -> Select[Any]:  # noqa: ARG003 - the task says it
        of = person.c.id == Tasks.table.c.subject_id, person.c.erased_on.is_(None)
        return lines.add_columns(person.c.given_name, person.c.family_name).outerjoin(person, of[0] & of[1])

    def about_page(self, row: Any) -> str:
        return row.page

    def line(self, row: Any, said: dict[str, Any]) -> TrainingTaskLine:
        return TrainingTaskLine(**said, person_name=f"{row.given_name or ''} {row.family_name or ''}".strip())
