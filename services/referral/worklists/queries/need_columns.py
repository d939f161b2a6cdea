"""What a family needs next, as columns of a list: the needs that `domain/need.py` says in words, by the same limits."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Subquery, case, func, or_, select

from services.referral.database.contact_tables import task
from services.referral.database.tables import episode
from services.referral.staff.domain.task import SAFETY
from services.referral.staff.queries.asking import Asking
from services.referral.support.queries.wait_columns import accepted_rules, history_of, is_paused, next_breach_on
from services.referral.team.domain.need import Need, Needed, Standing, needs_of
from services.referral.team.domain.wait_clock import next_breach, read_clocks


def open_safety_tasks() -> Subquery:
    """Families with one or more, and when the first is due."""
    return (
        select(task.c.family_id, func.min(task.c.due_on).label("due_on"))
        .where(task.c.answered_at.is_(None), task.c.kind.in_(sorted(SAFETY)))
        .group_by(task.c.family_id)
        .subquery("safety")
    )


class NeedColumns:
    """The needs of each row of a statement that joins `episode`, its `referral` and the families' safety tasks.

    `found` gives the columns that are computed once; the conditions and the order are of what was found.
    """

    def __init__(self, asking: Asking, safety: Subquery) -> None:
        self._asking = asking
        self.found = [
            safety.c.due_on.label("safety_due_on"),
            episode.c.review_on,
            quiet_since(asking).label("quiet_since"),
            next_breach_on(asking.rules).label("breach_on"),
        ]

    def has(self, need: Need, found: FromClause) -> ColumnElement[bool]:
        return self._conditions(found)[need][0]

    def order(self, found: FromClause) -> list[ColumnElement[Any]]:
        """The most pressing need, then since when; a family that needs nothing comes last, by its next review."""
        conditions = self._conditions(found).values()
        return [
            case(*((condition, place) for place, (condition, _) in enumerate(conditions)), else_=len(conditions)),
            case(*conditions, else_=found.c.review_on),
        ]

    def _conditions(self, found: FromClause) -> dict[Need, tuple[ColumnElement[bool], ColumnElement[Any]]]:
        """Whether the family has the need, and since when or until when."""
        today, limits, of = self._asking.today, self._asking.limits, found.c
        return {
            Need.SAFETY: (of.safety_due_on.is_not(None), of.safety_due_on),
            Need.REVIEW: (of.review_on < today, of.review_on),
            Need.CONTACT: (of.quiet_since < today - timedelta(limits.quiet_days), of.quiet_since),
            Need.WAIT: (of.breach_on <= today + timedelta(limits.ahead_days), of.breach_on),
        }


def needs_of_row(row: Any, asking: Asking) -> tuple[Needed, ...]:
    """In words; the row has an episode, its history, `safety_due_on` and `quiet_since`."""
    wait = next_breach(read_clocks(history_of(row), asking.today, accepted_rules(asking.rules)))
    standing = Standing(
        safety_due_on=row.safety_due_on,
        review_on=row.review_on,
        quiet_since=row.quiet_since,
        waits_for=wait.clock.label if wait else None,
        breach_on=wait.gross.breach_on if wait and wait.gross else None,
    )
    return needs_of(standing, asking.today, asking.limits)


def quiet_since(asking: Asking) -> ColumnElement[date | None]:
    """Since when nobody met the family, of an episode; NULL while something is booked or the work is paused."""
    nothing_booked = or_(episode.c.next_contact_at.is_(None), episode.c.next_contact_at < asking.now)
    return case(
        (nothing_booked & ~is_paused(asking.today), func.coalesce(episode.c.last_contact_on, episode.c.opened_on))
    )
