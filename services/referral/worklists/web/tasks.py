"""Tasks that someone must answer, and the page that answers one."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.domain.task import TASK_RULES
from services.referral.staff.queries.danger_to_answer import danger_to_answer
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.worklists.queries.task_list import FamilyTaskLine, FamilyTasks, one_task
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.actor import Actor
from shared.staff.column import Column
from shared.staff.list_page import Asked
from shared.staff.task_list import TaskFilter, TaskState, WhoseTasks
from shared.staff.task_pages import TaskPages, add_task_pages
from shared.unit_of_work import UnitOfWork

router = APIRouter()


def _find(asked: Asked[TaskFilter]) -> FamilyTasks:
    return FamilyTasks(asking_of(asked.request, asked.work))


async def _one(work: UnitOfWork, request: Request, task_id: UUID) -> FamilyTaskLine:
    return await one_task(work, asking_of(request, work), task_id)


async def _more(asked: Asked[TaskFilter]) -> dict[str, Any]:
    whose = asked.work.actor.id if asked.chosen.whose is WhoseTasks.MINE else None
    is_shown = asked.chosen.state is not TaskState.ANSWERED
    return {"dangers": await danger_to_answer(asked.work, whose) if is_shown else ()}


def _usual_whose(actor: Actor) -> WhoseTasks:
    return WhoseTasks.MINE if CAPABILITIES.holds(actor.roles, RECORD_CONTACT) else WhoseTasks.TEAM


def _review(line: FamilyTaskLine) -> str | None:
    """Where an opening is reviewed, which says more than an answer."""
    is_review = line.kind is TaskKind.BREAK_GLASS_REVIEW and line.may_answer and line.answered_at is None
    return f"/break-glass/{line.about}" if is_review else None


TASKS = TaskPages(
    may=STAFF,
    kinds=TaskKind,
    rules=TASK_RULES,
    find=_find,
    one=_one,
    answers=answer_task,
    about=(
        Column("Baby", lambda line: line.family.babies, cell="family", heads_row=True, place="who"),
        Column("Parents and carers", lambda line: line.family.carers),
        Column("Reference", lambda line: line.reference),
    ),
    usual_whose=_usual_whose,
    elsewhere=_review,
    list_template="worklists/tasks.html",
    more=_more,
    template="worklists/task.html",
)
add_task_pages(router, TASKS)
