"""Tasks that somebody must answer, and the page that answers one."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.asking import LEADS_FAMILIES, asking_of
from services.referral.staff.web.forms.task import TaskForm
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.task_list import (
    TaskFilter,
    TaskLine,
    TaskState,
    WhoseTasks,
    one_task,
    task_list,
)
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()


async def _find(asked: Asked[TaskFilter]) -> Listing[TaskLine]:
    return task_list(asking_of(asked.request, asked.work), asked.chosen)


def _usual_whose(actor: Actor) -> WhoseTasks:
    return WhoseTasks.MINE if actor.has(*LEADS_FAMILIES) else WhoseTasks.TEAM


def _columns(asked: Asked[TaskFilter]) -> Sequence[Column[TaskLine]]:
    return (
        Column("Task", lambda line: line.kind, cell="task"),
        Column("Detail", lambda line: line.detail),
        Column("Baby", lambda line: line.family.babies, cell="family"),
        Column("Parents and carers", lambda line: line.family.carers),
        Column("Reference", lambda line: line.reference),
        Column("Due" if asked.chosen.state is TaskState.OPEN else "Answer", cell="when"),
        Column("Due on", lambda line: line.due_on),
        Column("Overdue", lambda line: line.overdue),
        Column("Practitioner", lambda line: line.responsible_name or "Anybody", cell="responsible"),
        Column("Raised at (UTC)", lambda line: line.raised_at),
        Column("Answered at (UTC)", lambda line: line.answered_at),
        Column("Answered by", lambda line: line.answered_by_name),
        Column("Answer", lambda line: line.answer),
    )


TASKS = ListPage(
    path="/tasks",
    may=STAFF,
    reads="tasks.read",
    exports="tasks.export",
    filters=(
        Filter("whose", WhoseTasks, "Tasks", usual=_usual_whose),
        Filter("kind", TaskKind, "Kind", every="All"),
        Filter("state", TaskState, "State", usual=TaskState.OPEN),
    ),
    chosen=TaskFilter,
    find=_find,
    columns=_columns,
    template="worklists/tasks.html",
    done={"answered": "The task is answered."},
    file_name="tasks.csv",
)
add_list(router, TASKS)


@router.get("/tasks/{task_id}")
async def show_task(request: Request, task_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    line = await _read(request, task_id, actor)
    if line.kind is TaskKind.BREAK_GLASS_REVIEW and line.answered_at is None and actor.has(Role.TEAM_LEAD):
        return RedirectResponse(f"/break-glass/{line.about}", 303)
    return _page(request, line, blank(TaskForm, {"version": str(line.version)}))


@router.post("/tasks/{task_id}")
async def answer(request: Request, task_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, TaskForm)
    if filled.form is None:
        return _page(request, await _read(request, task_id, actor), filled, status=422)
    try:
        async with begin(request, actor) as work:
            await answer_task(filled.form.to_command(task_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return _page(request, await _read(request, task_id, actor), filled.refused(refusal), status=status)
    return RedirectResponse("/tasks?done=answered", 303)


async def _read(request: Request, task_id: UUID, actor: Actor) -> TaskLine:
    async with begin(request, actor) as work:
        line = await one_task(work, asking_of(request, work), task_id)
        work.record("task.read", line.family.family_id)
        return line


def _page(request: Request, line: TaskLine, filled: Filled[TaskForm], *, status: int = 200) -> Response:
    return render(request, "worklists/task.html", status=status, task=line, filled=filled, back="/tasks")
