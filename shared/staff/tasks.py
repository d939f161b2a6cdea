"""Tasks as stored, raised and answered; a service says of which kinds they are, about what, and who hears of them."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from shared.contracts.event import Event
from shared.contracts.vocabulary import Code
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.staff.tables import TASK_COLUMNS
from shared.staff.task import AnswerTask, AskedOfColleague, Kind, Task, TaskAnswer, TaskRules
from shared.unit_of_work import UnitOfWork


class TasksAbout(ABC, Generic[Kind]):
    """The tasks of one service of one team. A service has a subclass."""

    table: ClassVar[Table]
    """As `task_table` makes it."""
    subject: ClassVar[str]
    """Its column that says whom or what a task is about."""
    kinds: ClassVar[type[Code]]
    """Codes: which kinds of task there are."""
    rules: ClassVar[TaskRules[Any]]

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    @abstractmethod
    def raised(self, task: Task[Kind]) -> Event:
        """How others hear that there is one."""

    @abstractmethod
    def answered(self, task: Task[Kind]) -> Event:
        """How others hear that it was answered."""

    @abstractmethod
    async def check_subject(self, task: Task[Kind]) -> None:
        """Refuses whoever may not see what the task is about."""

    async def raise_task(self, subject_id: UUID, kind: Kind, **given: Any) -> UUID | None:
        """Store one and publish that; None, and nothing, when there is one of its kind about the same thing already.

        Args:
            given: more fields of `Task`.
        """
        due_on = self.rules.due_on(kind, self.work.today)
        task = Task(new_id(), subject_id, kind, self.work.now, due_on, **given)
        if not await self._add(task):
            return None
        self.work.publish(self.raised(task), about=task)
        self.work.record("task.raise", task.subject_id)
        if self.rules.of[kind].presses:
            self.work.alarms.append(f"/tasks/{task.id}")
        return task.id

    async def answer_task(self, command: AnswerTask) -> None:
        """Store and publish the answer.

        Raises:
            NotFound: this team has no such task.
            NotAllowed: it is not this actor's to answer.
            Conflict: it was answered after the page was opened.
            RuleBroken: the answer says nothing.
        """
        await self.answer(await self.get_to_change(command.task_id), command.answer, seen=command.expected_version)

    async def answer(self, task: Task[Kind], words: str, *, seen: int) -> None:
        """The same, of a task that is locked already."""
        self.rules.capabilities.check(self.work.actor.roles, self.rules.of[task.kind].needs)
        answer = TaskAnswer(words, self.work.actor.id, self.work.now)
        task.give_answer(answer, seen=seen)
        self.work.publish(self.answered(task), about=task)
        await self._save(task, answer)
        self.work.record("task.answer", task.subject_id)

    async def get(self, task_id: UUID) -> Task[Kind]:
        """Raises NotFound when this team has no such task."""
        return await self._get(task_id, to_change=False)

    async def get_to_change(self, task_id: UUID) -> Task[Kind]:
        """As `get`, and locked until the transaction ends."""
        return await self._get(task_id, to_change=True)

    async def _add(self, task: Task[Kind]) -> bool:
        values: dict[str, Any] = {
            **columns_of(task, without="subject_id version asked answer more"),
            # The first event about it is published when, and only when, it was stored.
            "version": task.version + 1,
            self.subject: task.subject_id,
            "asked_by": task.asked.by if task.asked else None,
            "asked_for": task.asked.page if task.asked else None,
            **task.more,
        }
        stored = insert(self.table).values(values).on_conflict_do_nothing().returning(self.table.c.id)
        return await self.work.session.scalar(stored) is not None

    async def _save(self, task: Task[Kind], answer: TaskAnswer) -> None:
        await self.work.session.execute(
            update(self.table)
            .where(self.table.c.id == task.id)
            .values(version=task.version, answer=answer.words, answered_by=answer.by, answered_at=answer.at)
        )

    async def _get(self, task_id: UUID, *, to_change: bool) -> Task[Kind]:
        query = select(self.table).where(self.table.c.id == task_id)
        found = await self.work.session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise no_such_task()
        task = self.read(row)
        await self.check_subject(task)
        return task

    def read(self, row: Any) -> Task[Kind]:
        """What a row says."""
        own = {column.name for column in self.table.columns} - TASK_COLUMNS - {self.subject}
        kind: type[Task[Kind]] = Task
        return read_row(
            kind,
            row,
            kind=self.kinds(row.kind),
            subject_id=getattr(row, self.subject),
            asked=AskedOfColleague(row.asked_by, row.asked_for) if row.asked_by else None,
            answer=TaskAnswer(row.answer, row.answered_by, row.answered_at) if row.answered_at else None,
            more={name: getattr(row, name) for name in own},
        )


def no_such_task() -> NotFound:
    return NotFound("task_not_found", "This team has no such task. Look for it in the list of tasks.")
