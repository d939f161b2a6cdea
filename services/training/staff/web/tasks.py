"""The tasks of training, and one of them."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.training.staff.commands.answer_task import answer_task
from services.training.staff.domain.task import DONE_ON_ITS_PAGE, TASK_RULES
from services.training.staff.queries.task_list import TrainingTaskLine, TrainingTasks, one_task
from services.training.staff.web.access import STAFF
from shared.contracts.training_task import TrainingTask
from shared.staff.column import PLAIN, Column
from shared.staff.list_page import Asked
from shared.staff.task_list import TaskFilter
from shared.staff.task_pages import TaskPages, add_task_pages
from shared.unit_of_work import UnitOfWork

router = APIRouter()


def _find(asked: Asked[TaskFilter]) -> TrainingTasks:
    return TrainingTasks(asked.work.actor, asked.work.now)


async def _one(work: UnitOfWork, request: Request, task_id: UUID) -> TrainingTaskLine:  # noqa: ARG001
    return await one_task(work, task_id)


def _elsewhere(line: TrainingTaskLine) -> str | None:
    is_open = line.answered_at is None
    return line.about_page if is_open and line.kind in DONE_ON_ITS_PAGE else None


TASKS = TaskPages(
    may=STAFF,
    kinds=TrainingTask,
    rules=TASK_RULES,
    find=_find,
    one=_one,
    answers=answer_task,
    elsewhere=_elsewhere,
    about=(Column("Person", lambda line: line.person_name, cell=PLAIN),),
)
add_task_pages(router, TASKS)
