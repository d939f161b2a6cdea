"""What must somebody of the team answer? Safety first, then what is due first."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select

from services.referral.database.contact_tables import task
from services.referral.database.tables import episode, referral
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.referral.staff.domain.task import OF_THE_LEAD, SAFETY, may_answer
from services.referral.staff.queries.asking import Asking
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown, people_of
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Code, Level
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.listing import Found, Listing
from shared.staff.page_of import Cut, cut_page
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


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
    asked_by_name: str | None
    """Who asks a colleague for it."""
    asked_for: str | None
    """Where it is done, when a colleague asks for it; None also where the reader may not see the family."""
    answer: str
    answered_at: datetime | None
    answered_by_name: str | None


def task_list(asking: Asking, chosen: TaskFilter) -> Listing[TaskLine]:
    """Open tasks by how pressing they are, or answered ones, the newest first."""
    return Found(partial(_cut, asking, chosen), partial(_line, asking=asking))


async def one_task(work: UnitOfWork, asking: Asking, task_id: UUID) -> TaskLine:
    """The task, for somebody who may see its family; the lead reviews an opening without seeing it.

    Raises:
        NotFound: this team has no such task.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    found = _found().where(task.c.id == task_id).cte("found")
    row = (await work.session.execute(_lines(found, asking))).one_or_none()
    if row is None:
        raise NotFound("task_not_found", "This team has no such task. Look for it in the list of tasks.")
    if row.kind != TaskKind.BREAK_GLASS_REVIEW or not CAPABILITIES.holds(asking.actor.roles, LEAD_RECORDS):
        await check_family(work, row.family_id)
    return _line(row, asking)


def _cut(asking: Asking, chosen: TaskFilter, cut: Cut | None) -> Select[Any]:
    order = partial(_order, chosen.state)
    shown = cut_page(_found().where(*_conditions(asking, chosen)).cte("found"), order, cut)
    return _lines(shown, asking, shown.c.total).order_by(*order(shown))


_responsible = colleague.alias("responsible")
_answerer = colleague.alias("answerer")
_asker = colleague.alias("asker")
_leads = case((task.c.kind.not_in(sorted(OF_THE_LEAD)), episode.c.lead_id))
_responsible_id = func.coalesce(task.c.assigned_to, _leads)


def _found() -> Select[Any]:
    """A family has at most one episode that goes on, so a task has one line."""
    goes_on = (
        (episode.c.family_id == task.c.family_id) & episode.c.ended_on.is_(None) & (episode.c.level != Level.COMMUNITY)
    )
    presses = case((task.c.kind.in_(sorted(SAFETY)), 0), else_=1).label("presses")
    columns: list[ColumnElement[Any]] = [
        task.c.id,
        task.c.due_on,
        task.c.raised_at,
        task.c.answered_at,
        presses,
        episode.c.referral_id,
        _responsible_id.label("responsible_id"),
    ]
    return select(*columns).outerjoin_from(task, episode, goes_on)


def _lines(found: FromClause, asking: Asking, *more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            task,
            referral.c.reference,
            _responsible.c.name.label("responsible_name"),
            _answerer.c.name.label("answered_by_name"),
            _asker.c.name.label("asked_by_name"),
            people_of(task.c.family_id, asking),
            *more,
        )
        .join_from(found, task, task.c.id == found.c.id)
        .outerjoin(referral, referral.c.id == found.c.referral_id)
        .outerjoin(_responsible, _responsible.c.id == found.c.responsible_id)
        .outerjoin(_answerer, _answerer.c.id == task.c.answered_by)
        .outerjoin(_asker, _asker.c.id == task.c.asked_by)
    )


def _order(state: TaskState, found: FromClause) -> list[ColumnElement[Any]]:
    if state is TaskState.ANSWERED:
        return [found.c.answered_at.desc(), found.c.id]
    return [found.c.presses, found.c.due_on, found.c.raised_at, found.c.id]


def _conditions(asking: Asking, chosen: TaskFilter) -> list[ColumnElement[bool]]:
    is_open = task.c.answered_at.is_(None)
    conditions: list[ColumnElement[bool]] = [is_open if chosen.state is TaskState.OPEN else ~is_open]
    if chosen.whose is WhoseTasks.MINE:
        theirs = [kind for kind in TaskKind if may_answer(kind, asking.actor.roles)]
        nobodys = and_(_responsible_id.is_(None), task.c.kind.in_(theirs))
        conditions.append(or_(_responsible_id == asking.actor.id, nobodys))
    if chosen.kind is not None:
        conditions.append(task.c.kind == chosen.kind)
    return conditions


def _line(row: Any, asking: Asking) -> TaskLine:
    family = family_shown(row.family_id, row.people, asking.today)
    kind = TaskKind(row.kind)
    return read_row(
        TaskLine,
        row,
        task_id=row.id,
        family=family,
        is_about_safety=kind in SAFETY,
        detail="" if family.is_restricted else row.detail,
        overdue=row.answered_at is None and row.due_on < asking.today,
        responsible_name=row.responsible_name or ("The team lead" if kind in OF_THE_LEAD else None),
        may_answer=may_answer(kind, asking.actor.roles),
        asked_for=None if family.is_restricted else row.asked_for,
        answer="" if family.is_restricted else row.answer or "",
    )
