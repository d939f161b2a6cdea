"""What must somebody of the team answer? Safety first, then what is due first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import task
from services.referral.database.tables import colleague, episode, referral
from services.referral.domain.task import SAFETY, may_answer
from services.referral.queries.asking import Asking
from services.referral.queries.family_shown import FamilyShown, family_shown, with_people
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Code, Level
from shared.kernel.errors import NotFound


class TaskState(Code):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"


class WhoseTasks(Code):
    MINE = "mine", "Mine, and nobody's"
    TEAM = "team", "Whole team"


@dataclass(frozen=True)
class TaskFilter:
    whose: WhoseTasks = WhoseTasks.TEAM
    state: TaskState = TaskState.OPEN
    kind: TaskKind | None = None


@dataclass(frozen=True)
class TaskLine:
    """One task of one family."""

    task_id: UUID
    version: int
    family: FamilyShown
    reference: str | None
    """Of the work that goes on with the family; None when there is none."""
    kind: TaskKind
    is_about_safety: bool
    about: UUID | None
    detail: str
    """Empty where the reader may not see the family."""
    raised_at: datetime
    due_on: date
    overdue: bool
    """It is open, and was due before today."""
    responsible_name: str | None
    """Who it was given to, or who leads the work; None: anybody of the team."""
    may_answer: bool
    """The reader's role includes it."""
    answer: str
    answered_at: datetime | None
    answered_by_name: str | None


async def task_list(
    session: AsyncSession, asking: Asking, chosen: TaskFilter, *, page: int | None = 1, rows: int = ROWS_ON_A_PAGE
) -> PageOf[TaskLine]:
    """Open tasks by how pressing they are, or answered ones, the newest first.

    Args:
        page: from 1; None gives all of them.
    """
    query = _tasks(chosen.state).where(*_conditions(asking, chosen))
    if page is not None:
        query = query.limit(rows).offset((page - 1) * rows)
    found = (await session.execute(with_people(query, asking))).all()
    return PageOf([_line(row, asking) for row in found], found[0].total if found else 0, page or 1)


async def one_task(session: AsyncSession, asking: Asking, task_id: UUID) -> TaskLine:
    """Raises NotFound when this team has no such task."""
    query = _tasks(TaskState.OPEN).where(task.c.id == task_id)
    row = (await session.execute(with_people(query, asking))).one_or_none()
    if row is None:
        raise NotFound("task_not_found", "This team has no such task. Look for it in the list of tasks.")
    return _line(row, asking)


_lead = colleague.alias("responsible")
_answerer = colleague.alias("answerer")
_responsible_id = func.coalesce(task.c.assigned_to, episode.c.lead_id)


def _tasks(state: TaskState) -> Select[Any]:
    """A family has at most one episode that goes on, so a task has one line."""
    place = func.row_number().over(order_by=_order(state)).label("place")
    goes_on = (
        (episode.c.family_id == task.c.family_id) & episode.c.ended_on.is_(None) & (episode.c.level != Level.COMMUNITY)
    )
    return (
        select(
            task,
            referral.c.reference,
            _lead.c.name.label("responsible_name"),
            _answerer.c.name.label("answered_by_name"),
            func.count().over().label("total"),
            place,
        )
        .outerjoin(episode, goes_on)
        .outerjoin(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(_lead, _lead.c.id == _responsible_id)
        .outerjoin(_answerer, _answerer.c.id == task.c.answered_by)
        .order_by(place)
    )


def _order(state: TaskState) -> list[ColumnElement[Any]]:
    if state is TaskState.ANSWERED:
        return [task.c.answered_at.desc(), task.c.id]
    return [case((task.c.kind.in_(sorted(SAFETY)), 0), else_=1), task.c.due_on, task.c.raised_at, task.c.id]


def _conditions(asking: Asking, chosen: TaskFilter) -> list[ColumnElement[bool]]:
    is_open = task.c.answered_at.is_(None)
    conditions: list[ColumnElement[bool]] = [is_open if chosen.state is TaskState.OPEN else ~is_open]
    if chosen.whose is WhoseTasks.MINE:
        conditions.append(or_(_responsible_id == asking.actor.id, _responsible_id.is_(None)))
    if chosen.kind is not None:
        conditions.append(task.c.kind == chosen.kind)
    return conditions


def _line(row: Any, asking: Asking) -> TaskLine:
    family = family_shown(row.family_id, row.people, asking.today)
    kind = TaskKind(row.kind)
    return TaskLine(
        task_id=row.id,
        version=row.version,
        family=family,
        reference=row.reference,
        kind=kind,
        is_about_safety=kind in SAFETY,
        about=row.about,
        detail="" if family.is_restricted else row.detail,
        raised_at=row.raised_at,
        due_on=row.due_on,
        overdue=row.answered_at is None and row.due_on < asking.today,
        responsible_name=row.responsible_name,
        may_answer=may_answer(kind, asking.actor.roles),
        answer="" if family.is_restricted else row.answer or "",
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
    )
