"""What needs the team lead: how much of each kind, since when, the most urgent kind first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    FromClause,
    Select,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from services.referral.database.contact_tables import task
from services.referral.database.governance_tables import break_glass, subject_access
from services.referral.database.intake_tables import callback, promise
from services.referral.database.tables import episode, referral
from services.referral.governance.queries.retention_list import retention_list
from services.referral.intake.queries.triage_queue import QueueTargets, first_within, over_target
from services.referral.people.queries.message_backlog import message_backlog
from services.referral.staff.domain.task import SAFETY
from services.referral.staff.queries.asking import Asking, ListRules
from services.referral.support.queries.wait_columns import breach_on
from services.referral.worklists.queries.caseload import open_episode
from services.referral.worklists.queries.caseload_part import is_quiet
from services.referral.worklists.queries.need_columns import seen_on
from shared.contracts.pathway_codes import PromiseKind, WaitClock
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY, built_once
from shared.kernel.clock import LONDON
from shared.unit_of_work import UnitOfWork

_NEVER: Any = cast(null(), DateTime(timezone=True))


class TeamNeed(Code):
    """In the order in which they press."""

    DANGER = "danger", "Someone in danger, not answered yet"
    SAFETY = "safety", "Safety tasks to do"
    NUMBER = "number", "People left a number, to call"
    DECISION = "decision", "Referrals over the target for a decision"
    UNLED = "unled", "Families need a practitioner"
    WAIT = "wait", "Families over the target for help to start"
    TASK = "task", "Tasks overdue"
    REVIEW = "review", "Reviews overdue"
    CONTACT = "contact", "Families without contact for long"
    COPY = "copy", "Requests for a copy of a record"
    OPENING = "opening", "Restricted records opened, to review"
    RECORD = "record", "Records past their date, to review"
    MESSAGE = "message", "Messages that failed"


URGENT = frozenset({TeamNeed.DANGER, TeamNeed.SAFETY})
"""Someone may come to harm."""


@dataclass(frozen=True)
class TeamNeedLine:
    """One kind."""

    need: TeamNeed
    how_many: int
    since: date | None
    """The day on which the first was due, or from which it counts; None where there is none, or days say nothing."""
    due_at: datetime | None = None
    """By when the first is due, where it is a matter of hours; UTC."""


async def team_needs(work: UnitOfWork, asking: Asking, targets: QueueTargets) -> Sequence[TeamNeedLine]:
    """Every kind, those of which there is nothing among them; as many statements for a large team as for a small."""
    rows = await work.session.execute(_counted(asking.rules), {**asking.known, **first_within(targets, asking.today)})
    found = {TeamNeed(row.need): TeamNeedLine(TeamNeed(row.need), row.how_many, row.since, row.due_at) for row in rows}
    records = await (await retention_list(work)).whole(work.session)
    failed = (await message_backlog(work))["mail_failed"]
    found[TeamNeed.RECORD] = TeamNeedLine(TeamNeed.RECORD, len(records), records[0].kept.until if records else None)
    found[TeamNeed.MESSAGE] = TeamNeedLine(TeamNeed.MESSAGE, failed, None)
    return [found[need] for need in TeamNeed]


@built_once
def _counted(rules: ListRules) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*_each(rules))


def _each(rules: ListRules) -> Iterator[Select[*tuple[Any, ...]]]:
    open_task = task.c.answered_at.is_(None)
    danger = (promise.c.kind == PromiseKind.DANGER_SAID) & promise.c.answered_at.is_(None)
    yield _of(TeamNeed.DANGER, _day(promise.c.made_at), promise.c.due_at).where(danger)
    yield _of(TeamNeed.SAFETY, task.c.due_on).where(open_task, task.c.kind.in_(sorted(SAFETY)))
    yield _of(TeamNeed.NUMBER, _day(callback.c.received_at)).where(callback.c.answered_at.is_(None))
    yield _of(TeamNeed.DECISION, _day(referral.c.received_at)).where(over_target())
    yield _of(TeamNeed.UNLED, episode.c.opened_on).where(open_episode(), episode.c.lead_id.is_(None))
    yield _of(TeamNeed.TASK, task.c.due_on).where(open_task, task.c.due_on < TODAY)
    yield _of(TeamNeed.REVIEW, episode.c.review_on).where(open_episode(), episode.c.review_on < TODAY)
    yield _of(TeamNeed.COPY, subject_access.c.due_on).where(subject_access.c.closed_on.is_(None))
    yield _of(TeamNeed.OPENING, break_glass.c.review_due_on).where(break_glass.c.reviewed_at.is_(None))
    families = _families(rules)
    yield _of(TeamNeed.WAIT, families.c.breach_on).where(families.c.breach_on <= TODAY)
    yield _of(TeamNeed.CONTACT, families.c.seen_on).where(families.c.is_quiet)


def _of(need: TeamNeed, day: ColumnElement[Any], due_at: Any = _NEVER) -> Select[*tuple[Any, ...]]:
    first, due = func.min(day).label("since"), func.min(due_at).label("due_at")
    return select(literal(need.value).label("need"), func.count().label("how_many"), first, due)


def _day(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.timezone(LONDON.key, moment), Date)


def _families(rules: ListRules) -> FromClause:
    return (
        select(
            breach_on(rules.waits[WaitClock.HELP_STARTED]).label("breach_on"),
            is_quiet(rules).label("is_quiet"),
            seen_on().label("seen_on"),
        )
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .where(open_episode())
        .subquery("families")
    )
