"""Tasks that somebody must answer, and the page that answers one."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.people.database.restrictions import check_may_see
from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.web.access import STAFF, address, code_of, remember_actor, status_of
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
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()


@router.get("/tasks")
async def show_tasks(
    request: Request,
    actor: Annotated[Actor, STAFF],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        tasks = await task_list(work.session, asking_of(request, work), chosen, page=page)
        work.record("tasks.read")
    if page > 1 and not tasks.rows:
        return RedirectResponse(_address("/tasks", chosen), 303)
    return render(
        request,
        "worklists/tasks.html",
        tasks=tasks,
        chosen=chosen,
        whose=list(WhoseTasks),
        states=list(TaskState),
        kinds=list(TaskKind),
        page_address=partial(_address, "/tasks", chosen),
        csv_address=_address("/tasks.csv", chosen),
        done=done,
    )


@router.get("/tasks.csv")
async def download_tasks(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        tasks = await task_list(work.session, asking_of(request, work), chosen, page=None)
        work.record("tasks.export")
    return csv_download("tasks.csv", _COLUMNS, [_row(line) for line in tasks.rows])


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
            await _seen(request, work, task_id)
            await answer_task(filled.form.to_command(task_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return _page(request, await _read(request, task_id, actor), filled.refused(refusal), status=status)
    return RedirectResponse("/tasks?done=answered", 303)


async def _read(request: Request, task_id: UUID, actor: Actor) -> TaskLine:
    async with begin(request, actor) as work:
        line = await _seen(request, work, task_id)
        work.record("task.read", line.family.family_id)
        return line


async def _seen(request: Request, work: UnitOfWork, task_id: UUID) -> TaskLine:
    """The task, for somebody who may see its family.

    Raises:
        NotFound: this team has no such task.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    line = await one_task(work, asking_of(request, work), task_id)
    is_leads = line.kind is TaskKind.BREAK_GLASS_REVIEW and work.actor.has(Role.TEAM_LEAD)
    if not is_leads:
        await check_may_see(work.session, line.family.family_id, work.actor, work.now)
    return line


def _page(request: Request, line: TaskLine, filled: Filled[TaskForm], *, status: int = 200) -> Response:
    return render(request, "worklists/task.html", status=status, task=line, filled=filled, back="/tasks")


def _chosen(request: Request, actor: Actor) -> TaskFilter:
    given = request.query_params
    usual = WhoseTasks.MINE if actor.has(*LEADS_FAMILIES) else WhoseTasks.TEAM
    return TaskFilter(
        code_of(WhoseTasks, given.get("whose", "")) or usual,
        code_of(TaskState, given.get("state", "")) or TaskState.OPEN,
        code_of(TaskKind, given.get("kind", "")),
    )


def _address(path: str, chosen: TaskFilter, page: int | None = None) -> str:
    state = None if chosen.state is TaskState.OPEN else chosen.state
    return address(path, whose=chosen.whose, state=state, kind=chosen.kind, page=page)


_COLUMNS = (
    "Task",
    "Detail",
    "Baby",
    "Parents and carers",
    "Reference",
    "Due on",
    "Overdue",
    "Practitioner",
    "Raised at (UTC)",
    "Answered at (UTC)",
    "Answered by",
    "Answer",
)


def _row(line: TaskLine) -> tuple[str, ...]:
    return (
        line.kind.label,
        line.detail,
        line.family.babies,
        line.family.carers,
        line.reference or "",
        line.due_on.isoformat(),
        "Yes" if line.overdue else "No",
        line.responsible_name or "Anybody",
        line.raised_at.isoformat(timespec="minutes"),
        line.answered_at.isoformat(timespec="minutes") if line.answered_at else "",
        line.answered_by_name or "",
        line.answer,
    )
