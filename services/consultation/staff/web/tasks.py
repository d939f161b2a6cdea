"""The tasks of consultation, and one of them."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.consultation.staff.commands.answer_task import answer_task
from services.consultation.staff.domain.task import TASK_RULES, ConsultationTask
from services.consultation.staff.queries.task_list import ConsultationTaskLine, ConsultationTasks, one_task
from services.consultation.staff.web.access import STAFF
from shared.staff.column import PLAIN, Column
from shared.staff.list_page import Asked
from shared.staff.task_list import TaskFilter
from shared.staff.task_pages import TaskPages, add_task_pages
from shared.unit_of_work import UnitOfWork

router = APIRouter()


def _find(asked: Asked[TaskFilter]) -> ConsultationTasks:
    return ConsultationTasks(asked.work.actor, asked.work.now)


async def _one(work: UnitOfWork, request: Request, task_id: UUID) -> ConsultationTaskLine:  # noqa: ARG001
    return await one_task(work, task_id)


TASKS = TaskPages(
    may=STAFF,
    kinds=ConsultationTask,
    rules=TASK_RULES,
    find=_find,
    one=_one,
    answers=answer_task,
    about=(
        Column("Consultation of", lambda line: line.held_on, cell=PLAIN),
        Column("Supervision of", lambda line: line.colleague_name, cell=PLAIN),
    ),
)
add_task_pages(router, TASKS)
