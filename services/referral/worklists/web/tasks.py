"""Tasks that somebody must answer, and the page that answers one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS, RECORD_CONTACT
from services.referral.staff.domain.task import TASK_RULES
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.forms.task import TaskForm
from services.referral.worklists.queries.task_list import (
    TaskFilter,
    TaskLine,
    TaskState,
    WhoseTasks,
    one_task,
    task_list,
)
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask
from shared.staff.column import Column
from shared.staff.does import does
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork

router = APIRouter()


async def _find(asked: Asked[TaskFilter]) -> Listing[TaskLine]:
    return task_list(asking_of(asked.request, asked.work), asked.chosen)


def _usual_whose(actor: Actor) -> WhoseTasks:
    return WhoseTasks.MINE if CAPABILITIES.holds(actor.roles, RECORD_CONTACT) else WhoseTasks.TEAM


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
        Column("Asked by", lambda line: line.asked_by_name),
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


@dataclass(frozen=True)
class TaskPlace:
    """A task, where it is answered."""

    line: TaskLine
    is_reviewed_elsewhere: bool


async def _read(work: UnitOfWork, request: Request, task_id: UUID) -> TaskPlace:
    """The task, for somebody who may see its family.

    Raises:
        NotFound: this team has no such task.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    line = await one_task(work, asking_of(request, work), task_id)
    work.record("task.read", line.family.family_id)
    is_leads = line.kind is TaskKind.BREAK_GLASS_REVIEW and CAPABILITIES.holds(work.actor.roles, LEAD_RECORDS)
    return TaskPlace(line, is_leads and line.answered_at is None)


ANSWER = FormPage(
    path="/tasks/{task_id}",
    may=STAFF,
    capability=lambda place: TASK_RULES[place.line.kind].needs,
    is_read_by_all=True,
    site=Site(_read, lambda _: {"back": "/tasks"}),
    elsewhere=lambda place: f"/break-glass/{place.line.about}" if place.is_reviewed_elsewhere else None,
    form=TaskForm,
    suggested=lambda place: {"version": place.line.version},
    store=does(answer_task, lambda sent: sent.form.to_command(sent.place.line.task_id)),
    to=lambda _: "/tasks?done=answered",
    template="worklists/task.html",
    shows=lambda place: {"task": place.line, "refusal": TASK_RULES[place.line.kind].needs.refusal},
    asks={"answer": Ask("What was done?")},
    stored=lambda place: [
        ("Answered by", place.line.answered_by_name or "Nobody yet"),
        ("Answer", place.line.answer or "None"),
    ],
)

add_forms(router, ANSWER)
