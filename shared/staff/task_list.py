"""What must someone of the team answer? What is pressing comes first, then what is due first."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.vocabulary import Code, Role
from shared.database.built_once import READER, TODAY, built_once, known, written_out
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.staff.tables import colleague
from shared.staff.task import Kind
from shared.staff.tasks import TasksAbout, no_such_task
from shared.unit_of_work import UnitOfWork


class TaskState(Code):
    OPEN = "open", "All open"
    PRESSING = "safety", "Safety"
    OVERDUE = "overdue", "Overdue"
    ANSWERED = "answered", "Answered"


class WhoseTasks(Code):
    MINE = "mine", "Mine"
    """And what is nobody's, of those kinds that the reader may answer."""
    TEAM = "team", "Whole team"


@dataclass(frozen=True)
class TaskFilter:
    whose: WhoseTasks = WhoseTasks.TEAM
    state: TaskState = TaskState.OPEN
    kind: Code | None = None


@dataclass(frozen=True)
class TaskLine(Generic[Kind]):
    """One task; a service's own line adds what the task is about."""

    task_id: UUID
    version: int
    subject_id: UUID
    kind: Kind
    presses: str
    """Why it comes before everything else, in a word; empty: it does not."""
    about: UUID | None
    detail: str
    raised_at: datetime
    """UTC."""
    due_on: date
    overdue: bool
    """It is open, and was due before today."""
    responsible_name: str | None
    """Who it was given to, or who is responsible; None: anyone of the team."""
    may_answer: bool
    """The reader's role includes it."""
    asked_by_name: str | None
    """Who asks a colleague for it."""
    asked_for: str | None
    """Where it is done, when a colleague asks for it."""
    about_page: str
    """Where what it is about can be read; empty: nowhere, or not by this reader."""
    answer: str
    answered_at: datetime | None
    answered_by_name: str | None


Line = TypeVar("Line", bound=TaskLine[Any])

_PRESSES = 0
_responsible = colleague.alias("responsible")
_answerer = colleague.alias("answerer")
_asker = colleague.alias("asker")


class TaskList(ABC, Generic[Kind, Line]):
    """The list of one service, for one reader. A service has a subclass, which says what its lines show besides.

    Args:
        now: UTC.
    """

    tasks: ClassVar[type[TasksAbout[Any]]]
    responsible: ClassVar[ColumnElement[Any] | None] = None
    """Who is responsible for a task's subject, of what `found` joins; None where nobody ever is."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now, self.today = actor, now, london_date(now)

    @classmethod
    def found(cls, roles: frozenset[Role], *columns: ColumnElement[Any]) -> Select[Any]:  # noqa: ARG003 - a service says
        """Selects them of the tasks that the roles see, and of what else tells who is responsible; one row for each."""
        return select(*columns).select_from(cls.tasks.table)

    @classmethod
    @abstractmethod
    def shown(cls, lines: Select[Any], found: FromClause) -> Select[Any]:
        """Adds what the lines say of the subject."""

    def about_page(self, row: Any) -> str:  # noqa: ARG002 - a service says
        """Where what a task is about can be read; empty: nowhere."""
        return ""

    @abstractmethod
    def line(self, row: Any, said: dict[str, Any]) -> Line:
        """The line of a row; `said` are the arguments that every service's lines have."""

    def find(self, chosen: TaskFilter) -> Listing[Line]:
        """Open tasks by how pressing they are, or answered ones, the newest first."""
        return Found(partial(self._cut, self.actor.roles, chosen), self._line, self._known)

    async def counts(self, session: AsyncSession, chosen: TaskFilter) -> Mapping[Code | None, int]:
        """How many open tasks each other choice would show, by its code, in one statement; answered ones never end."""
        usual = chosen if chosen.state is not TaskState.ANSWERED else replace(chosen, state=TaskState.OPEN)
        found = (await session.execute(self._counts(self.actor.roles, usual), self._known)).one()
        return dict(zip(_others(usual), found, strict=True))

    async def one(self, work: UnitOfWork, task_id: UUID) -> Line:
        """Raises NotFound when this team has no such task; otherwise as the service's `check_subject`."""
        table = self.tasks.table
        query = self._lines(self._found(self.actor.roles).where(table.c.id == task_id).cte("found"))
        row = (await work.session.execute(query, self._known)).one_or_none()
        if row is None:
            raise no_such_task()
        tasks = self.tasks(work)
        await tasks.check_subject(tasks.read(row))
        return self._line(row)

    @property
    def _known(self) -> Mapping[str, Any]:
        return known(self.actor.id, self.now)

    @classmethod
    @built_once
    def _cut(cls, roles: frozenset[Role], chosen: TaskFilter, cut: Cut | None) -> Select[Any]:
        order = partial(_order, chosen.state)
        tasks = cls._found(roles).subquery("tasks")
        shown = cut_page(select(tasks).where(*cls._conditions(roles, chosen, tasks)).cte("found"), order, cut)
        return cls._lines(shown, shown.c.total).order_by(*order(shown))

    @classmethod
    @built_once
    def _counts(cls, roles: frozenset[Role], usual: TaskFilter) -> Select[Any]:
        tasks = cls._found(roles).where(cls.tasks.table.c.answered_at.is_(None)).subquery("tasks")
        conditions = [and_(*cls._conditions(roles, one, tasks)) for one in _others(usual).values()]
        columns: list[ColumnElement[Any]] = [func.count().filter(condition) for condition in conditions]
        return select(*columns).select_from(tasks)

    @classmethod
    def _found(cls, roles: frozenset[Role]) -> Select[Any]:
        task = cls.tasks.table.c
        pressing = case((task.kind.in_(written_out(cls.tasks.rules.pressing)), _PRESSES), else_=1).label("presses")
        responsible = cls._responsible_id().label("responsible_id")
        columns = (task.id, task.kind, task.due_on, task.raised_at, task.answered_at)
        return cls.found(roles, *columns, pressing, responsible)

    @classmethod
    def _responsible_id(cls) -> ColumnElement[Any]:
        """Nobody's by itself is what belongs to someone whoever is responsible."""
        task, rules = cls.tasks.table.c, cls.tasks.rules
        if cls.responsible is None:
            return task.assigned_to
        belonging = written_out(kind for kind, rule in rules.of.items() if rule.belongs_to)
        return func.coalesce(task.assigned_to, case((task.kind.not_in(belonging), cls.responsible)))

    @classmethod
    def _lines(cls, found: FromClause, *more: ColumnElement[Any]) -> Select[Any]:
        table = cls.tasks.table
        names = (
            _responsible.c.name.label("responsible_name"),
            _answerer.c.name.label("answered_by_name"),
            _asker.c.name.label("asked_by_name"),
        )
        lines = (
            select(table, *names, *more)
            .join_from(found, table, table.c.id == found.c.id)
            .outerjoin(_responsible, _responsible.c.id == found.c.responsible_id)
            .outerjoin(_answerer, _answerer.c.id == table.c.answered_by)
            .outerjoin(_asker, _asker.c.id == table.c.asked_by)
        )
        return cls.shown(lines, found)

    @classmethod
    def _conditions(cls, roles: frozenset[Role], chosen: TaskFilter, tasks: FromClause) -> list[ColumnElement[bool]]:
        conditions = [_is_in(chosen.state, tasks), *cls._belongs(roles, chosen.whose, tasks)]
        return conditions if chosen.kind is None else [*conditions, tasks.c.kind == chosen.kind]

    @classmethod
    def _belongs(cls, roles: frozenset[Role], whose: WhoseTasks, tasks: FromClause) -> list[ColumnElement[bool]]:
        if whose is WhoseTasks.TEAM:
            return []
        theirs = [kind for kind in cls.tasks.kinds if cls.tasks.rules.may_answer(kind, roles)]
        nobodys = and_(tasks.c.responsible_id.is_(None), tasks.c.kind.in_(written_out(theirs)))
        return [or_(tasks.c.responsible_id == READER, nobodys)]

    def _line(self, row: Any) -> Line:
        kind = self.tasks.kinds(row.kind)
        rule = self.tasks.rules.of[kind]
        said: dict[str, Any] = {
            "task_id": row.id,
            "version": row.version,
            "subject_id": getattr(row, self.tasks.subject),
            "kind": kind,
            "presses": rule.presses,
            "about": row.about,
            "detail": row.detail,
            "raised_at": row.raised_at,
            "due_on": row.due_on,
            "overdue": row.answered_at is None and row.due_on < self.today,
            "responsible_name": row.responsible_name or rule.belongs_to or None,
            "may_answer": self.tasks.rules.may_answer(kind, self.actor.roles),
            "asked_by_name": row.asked_by_name,
            "asked_for": row.asked_for,
            "about_page": self.about_page(row),
            "answer": row.answer or "",
            "answered_at": row.answered_at,
            "answered_by_name": row.answered_by_name,
        }
        return self.line(row, said)


def _is_in(state: TaskState, tasks: FromClause) -> ColumnElement[bool]:
    is_open = tasks.c.answered_at.is_(None)
    match state:
        case TaskState.OPEN:
            return is_open
        case TaskState.PRESSING:
            return is_open & (tasks.c.presses == _PRESSES)
        case TaskState.OVERDUE:
            return is_open & (tasks.c.due_on < TODAY)
        case TaskState.ANSWERED:
            return ~is_open


def _others(usual: TaskFilter) -> dict[Code, TaskFilter]:
    """What each other choice would show."""
    return {
        **{whose: replace(usual, whose=whose) for whose in WhoseTasks},
        **{state: replace(usual, state=state) for state in TaskState if state is not TaskState.ANSWERED},
    }


def _order(state: TaskState, found: FromClause) -> list[ColumnElement[Any]]:
    if state is TaskState.ANSWERED:
        return [found.c.answered_at.desc(), found.c.id]
    return [found.c.presses, found.c.due_on, found.c.raised_at, found.c.id]
