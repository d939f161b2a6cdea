"""What a family needs next, as columns of a list: the needs that `domain/need.py` says in words, by the same limits."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, or_, select

from services.referral.database.contact_tables import task
from services.referral.database.tables import episode
from services.referral.domain.need import Need, Needed, Standing, needs_of
from services.referral.domain.task import SAFETY
from services.referral.domain.wait_clock import next_breach, read_clocks
from services.referral.queries.asking import Asking
from services.referral.queries.wait_columns import accepted_rules, history_of, is_paused, next_breach_on


def open_safety_tasks() -> Subquery:
    """Families with one or more, and when the first is due."""
    return (
        select(task.c.family_id, func.min(task.c.due_on).label("due_on"))
        .where(task.c.answered_at.is_(None), task.c.kind.in_(sorted(SAFETY)))
        .group_by(task.c.family_id)
        .subquery("safety")
    )


class NeedColumns:
    """The needs of each row of a statement that joins `episode`, its `referral` and the families' safety tasks."""

    def __init__(self, asking: Asking, safety: Subquery) -> None:
        today = asking.today
        breach_on = next_breach_on(asking.rules)
        quiet_since = _quiet_since(asking)
        self._found: dict[Need, tuple[ColumnElement[bool], ColumnElement[Any]]] = {
            Need.SAFETY: (safety.c.due_on.is_not(None), safety.c.due_on),
            Need.REVIEW: (episode.c.review_on < today, episode.c.review_on),
            Need.CONTACT: (quiet_since < today - timedelta(asking.limits.quiet_days), quiet_since),
            Need.WAIT: (breach_on <= today + timedelta(asking.limits.ahead_days), breach_on),
        }

    def has(self, need: Need) -> ColumnElement[bool]:
        return self._found[need][0]

    @property
    def order(self) -> list[ColumnElement[Any]]:
        """The most pressing need, then since when; a family that needs nothing comes last, by its next review."""
        found = self._found.values()
        return [
            case(*((condition, place) for place, (condition, _) in enumerate(found)), else_=len(self._found)),
            case(*found, else_=episode.c.review_on),
        ]


def needs_of_row(row: Any, asking: Asking) -> tuple[Needed, ...]:
    """In words; the row has an episode, its history, `safety_due_on` and `is_paused`."""
    wait = next_breach(read_clocks(history_of(row), asking.today, accepted_rules(asking.rules)))
    booked = row.next_contact_at is not None and row.next_contact_at >= asking.now
    standing = Standing(
        safety_due_on=row.safety_due_on,
        review_on=row.review_on,
        quiet_since=None if booked or row.is_paused else row.last_contact_on or row.opened_on,
        waits_for=wait.clock.label if wait else None,
        breach_on=wait.gross.breach_on if wait and wait.gross else None,
    )
    return needs_of(standing, asking.today, asking.limits)


def _quiet_since(asking: Asking) -> ColumnElement[date | None]:
    nothing_booked = or_(episode.c.next_contact_at.is_(None), episode.c.next_contact_at < asking.now)
    return case(
        (nothing_booked & ~is_paused(asking.today), func.coalesce(episode.c.last_contact_on, episode.c.opened_on))
    )
