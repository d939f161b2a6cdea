"""What a family needs next, as columns of a list: the needs that `domain/need.py` says in words, by the same limits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, FromClause, Select, Subquery, Text, Uuid, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.clinical_tables import assessment
from services.referral.database.contact_tables import task
from services.referral.database.measure_tables import measure_skip
from services.referral.database.tables import episode
from services.referral.people.queries.bereaved import is_bereaved
from services.referral.staff.domain.task import SAFETY
from services.referral.staff.queries.asking import Asking, ListRules
from services.referral.support.queries.wait_columns import is_paused, next_breach_on
from services.referral.team.domain.missing_step import missing_step
from services.referral.team.domain.need import Need, Needed, SafetyDue, Standing, needs_of
from services.referral.team.domain.wait_clock import History, Wait, next_breach
from shared.contracts.pathway_codes import MeasureTimepoint, TaskKind
from shared.database.built_once import NOW, TODAY, written_out


def open_safety_tasks() -> Subquery:
    """Families with one or more: when the first is due, which it is, and how many there are."""
    return _open_safety().add_columns(task.c.family_id).group_by(task.c.family_id).subquery("safety")


def open_safety_tasks_of(family_id: ColumnElement[Any]) -> FromClause:
    """The same of a row's family; one row, which is empty when there is none."""
    return _open_safety().where(task.c.family_id == family_id).lateral("safety")


def _open_safety() -> Select[*tuple[Any, ...]]:
    def first(column: ColumnElement[Any], kind: Any) -> ColumnElement[Any]:
        in_order = aggregate_order_by(column, task.c.due_on, task.c.raised_at, task.c.id)
        return func.array_agg(in_order, type_=ARRAY(kind))[1]

    return select(
        func.min(task.c.due_on).label("safety_due_on"),
        first(task.c.kind, Text).label("safety_kind"),
        first(task.c.id, Uuid).label("safety_task_id"),
        func.count().label("safety_number"),
    ).where(task.c.answered_at.is_(None), task.c.kind.in_(written_out(SAFETY)))


def safety_of(found: FromClause) -> list[ColumnElement[Any]]:
    """Of a row, as `needs_of_row` reads it."""
    return [found.c.safety_due_on, found.c.safety_kind, found.c.safety_task_id, found.c.safety_number]


class NeedColumns:
    """The needs of each row of a statement that joins `episode`, its `referral` and the families' safety tasks.

    `found` gives the columns that are computed once; the order is of what was found.
    """

    def __init__(self, rules: ListRules, safety: Subquery) -> None:
        self._limits = rules.limits
        self.found = [
            *safety_of(safety),
            episode.c.review_on,
            quiet_since().label("quiet_since"),
            next_breach_on(rules.waits).label("breach_on"),
        ]

    def order(self, found: FromClause) -> list[ColumnElement[Any]]:
        """The most pressing need, then since when; a family that needs nothing comes last, by its next review."""
        conditions = self._conditions(found).values()
        return [
            case(*((condition, place) for place, (condition, _) in enumerate(conditions)), else_=len(conditions)),
            case(*conditions, else_=found.c.review_on),
        ]

    def _conditions(self, found: FromClause) -> dict[Need, tuple[ColumnElement[bool], ColumnElement[Any]]]:
        """Whether the family has the need, and since when or until when."""
        limits, of = self._limits, found.c
        return {
            Need.SAFETY: (of.safety_due_on.is_not(None), of.safety_due_on),
            Need.REVIEW: (of.review_on < TODAY, of.review_on),
            Need.CONTACT: (of.quiet_since < TODAY - limits.quiet_days, of.quiet_since),
            Need.WAIT: (of.breach_on <= TODAY + limits.ahead_days, of.breach_on),
            Need.BOOKING: (of.quiet_since.is_not(None), of.quiet_since),
        }


def needs_of_row(row: Any, history: History, waits: Iterable[Wait], asking: Asking) -> tuple[Needed, ...]:
    """In words.

    Args:
        row: has an episode, the columns of `safety_of`, and `quiet_since`.
        history: its own, and `waits` are the clocks of families that were accepted, as they stand today.
    """
    wait = next_breach(waits)
    is_unsafe = row.safety_due_on is not None
    standing = Standing(
        safety=SafetyDue(TaskKind(row.safety_kind), row.safety_due_on, row.safety_number) if is_unsafe else None,
        review_on=row.review_on,
        quiet_since=row.quiet_since,
        missing=missing_step(history, asking.rules.waits[wait.clock]) if wait else None,
        breach_on=wait.gross.breach_on if wait and wait.gross else None,
    )
    return needs_of(standing, asking.today, asking.rules.limits)


def quiet_since() -> ColumnElement[date | None]:
    """Since when nobody met the family, of an episode; NULL while something is booked or the work is paused."""
    return case((is_unbooked(), seen_on()))


def is_unbooked() -> ColumnElement[bool]:
    """Nothing is to come, and the work is not paused."""
    nothing = or_(episode.c.next_contact_at.is_(None), episode.c.next_contact_at < NOW)
    return nothing & ~is_paused()


def seen_on() -> ColumnElement[date]:
    """The last contact, or the day on which work began."""
    return func.coalesce(episode.c.last_contact_on, episode.c.opened_on)


def lacks_first_measure() -> ColumnElement[bool]:
    """The family was met, and there is neither a measure from the start nor a reason for none; no baby has died."""
    reason = exists().where(assessment.c.episode_id == episode.c.id, assessment.c.without_baseline.is_not(None))
    skipped = exists().where(
        measure_skip.c.episode_id == episode.c.id, measure_skip.c.timepoint == MeasureTimepoint.START
    )
    asked_of = episode.c.first_contact_on.is_not(None) & ~is_bereaved(episode.c.family_id)
    return asked_of & episode.c.baseline_on.is_(None) & ~reason & ~skipped
