"""The pages of tasks: the list, and the page that shows one and takes the answer.

    add_task_pages(router, TaskPages(may=STAFF, find=find_tasks, one=one_task, rules=TASK_RULES, kinds=TaskKind, ...))

A service's own templates may extend `task-list.html` and `task.html`, to show what its tasks are about.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.staff.task import AnswerTask, TaskRules
from shared.staff.task_list import Line, TaskFilter, TaskLine, TaskList, TaskState, WhoseTasks
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.questions import Text, Version
from shared.web.sign_in import local_path


class TaskForm(Form):
    version: Version
    answer: Annotated[str, Text(missing="Write what you did, or why nothing needs to be done", longest=2000)]


@dataclass(frozen=True)
class TaskOpened(Generic[Line]):
    """A task, where it is answered."""

    line: Line
    then: str
    """Where whoever raised it was going; empty: nowhere."""


@dataclass(frozen=True, kw_only=True)
class TaskPages(Generic[Line]):
    """What a service says of its pages of tasks, at `/tasks`."""

    may: Any
    """The permission, as a route declares it."""
    kinds: type[Code]
    rules: TaskRules[Any]
    find: Callable[[Asked[TaskFilter]], TaskList[Any, Line]]
    one: Callable[[UnitOfWork, Request, UUID], Awaitable[Line]]
    """Refuses whoever may not see it."""
    answers: Callable[[AnswerTask, UnitOfWork], Awaitable[None]]
    """The service's command."""
    about: Sequence[Column[Line]] = ()
    """What the list says of what a task is about."""
    usual_whose: WhoseTasks | Callable[[Actor], WhoseTasks] = WhoseTasks.TEAM
    elsewhere: Callable[[Line], str | None] = lambda _: None
    """Another page that answers it."""
    list_template: str = "task-list.html"
    more: Callable[[Asked[TaskFilter]], Awaitable[dict[str, Any]]] | None = None
    """What the page of the list shows besides."""
    template: str = "task.html"

    def columns(self, asked: Asked[TaskFilter]) -> Sequence[Column[Line]]:
        is_open = asked.chosen.state is not TaskState.ANSWERED
        return (
            Column("Task", lambda line: line.kind, cell="task", place="needs"),
            Column("Detail", lambda line: line.detail),
            *self.about,
            Column("Due" if is_open else "Done", cell="when", place="last" if is_open else ""),
            Column("Due on", lambda line: line.due_on),
            Column("Overdue", lambda line: line.overdue),
            Column("Practitioner", lambda line: line.responsible_name or "Anyone", cell="responsible", place="next"),
            Column("Raised at (UTC)", lambda line: line.raised_at),
            Column("Asked by", lambda line: line.asked_by_name),
            Column("Answered at (UTC)", lambda line: line.answered_at),
            Column("Answered by", lambda line: line.answered_by_name),
            Column("Answer", lambda line: line.answer),
            *([Column("What to do", cell="do", place="do")] if is_open else []),
        )

    async def found(self, asked: Asked[TaskFilter]) -> Listing[Line]:
        return self.find(asked).find(asked.chosen)

    async def counts(self, asked: Asked[TaskFilter]) -> Counts:
        return await self.find(asked).counts(asked.work.session, asked.chosen)

    async def read(self, work: UnitOfWork, request: Request, task_id: UUID, then: str = "") -> TaskOpened[Line]:
        line = await self.one(work, request, task_id)
        work.record("task.read", line.subject_id)
        return TaskOpened(line, local_path(then) if then else "")

    def shown(self, place: TaskOpened[Line]) -> dict[str, Any]:
        rule, line = self.rules.of[place.line.kind], place.line
        return {
            "task": line,
            "then": place.then,
            "instruction": rule.instructs if line.answered_at is None else "",
            "refusal": rule.needs.refusal,
        }

    async def store(self, sent: Sent[TaskOpened[Line], TaskForm]) -> None:
        command = AnswerTask(sent.place.line.task_id, sent.form.version, sent.form.answer)
        await self.answers(command, sent.work)


def _mark(line: TaskLine[Any]) -> Mark | None:
    return Mark.ALARM if line.presses and line.answered_at is None else Mark.LATE if line.overdue else None


def add_task_pages(router: APIRouter, pages: TaskPages[Line]) -> None:
    """The list with its file, and the page of each task."""
    add_list(
        router,
        ListPage(
            path="/tasks",
            may=pages.may,
            reads="tasks.read",
            exports="tasks.export",
            filters=(
                Filter("whose", WhoseTasks, "Tasks", usual=pages.usual_whose, is_chips=True),
                Filter("state", TaskState, "State", usual=TaskState.OPEN, is_chips=True, alarms=(TaskState.PRESSING,)),
                Filter("kind", pages.kinds, "Kind", every="All"),
            ),
            chosen=TaskFilter,
            find=pages.found,
            counts=pages.counts,
            marks=_mark,
            columns=pages.columns,
            template=pages.list_template,
            more=pages.more,
            done={"answered": "Saved"},
            file_name="tasks.csv",
        ),
    )
    add_forms(
        router,
        FormPage(
            path="/tasks/{task_id}",
            title="Record what you did",
            may=pages.may,
            capability=lambda place: pages.rules.of[place.line.kind].needs,
            is_read_by_all=True,
            site=Site(pages.read, lambda _: {"back": "/tasks"}),
            elsewhere=lambda place: pages.elsewhere(place.line),
            form=TaskForm,
            suggested=lambda place: {"version": place.line.version},
            store=pages.store,
            to=lambda place: place.then or "/tasks?done=answered",
            template=pages.template,
            shows=pages.shown,
            asks={"answer": Ask("What you did")},
            stored=lambda place: [
                ("Done by", place.line.answered_by_name or "No one yet"),
                ("What was done", place.line.answer or "Nothing yet"),
            ],
        ),
    )
