"""Which parcels are damaged?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select

from shared.staff.task_list import TaskLine, TaskList
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tables import parcel
from tests.services.lending.database.tasks import Tasks
from tests.services.lending.domain.task import LendingTask


@dataclass(frozen=True)
class ParcelTaskLine(TaskLine[LendingTask]):
    born_at: datetime


async def one_task(work: UnitOfWork, task_id: UUID) -> ParcelTaskLine:
    return await ParcelTasks(work.actor, work.now).one(work, task_id)


class ParcelTasks(TaskList[LendingTask, ParcelTaskLine]):
    tasks = Tasks

    @classmethod
    def shown(cls, lines: Select[Any], found: FromClause) -> Select[Any]:  # noqa: ARG003 - the task says it
        return lines.add_columns(parcel.c.born_at).join(parcel, parcel.c.id == Tasks.table.c.parcel_id)

    def line(self, row: Any, said: dict[str, Any]) -> ParcelTaskLine:
        return ParcelTaskLine(**said, born_at=row.born_at)
