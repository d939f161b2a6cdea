"""How long do families wait for one thing, and why do those wait who are over target?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import episode, referral
from services.referral.staff.queries.asking import Asking, Whose
from services.referral.support.queries.wait_columns import (
    accepted_rules,
    breach_on,
    days_waited,
    missing_step_of,
    runs,
)
from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.wait_clock import ClockRule
from services.referral.worklists.queries.waiting_list import WaitingFilter, who_may_wait
from shared.database.built_once import TODAY, built_once
from shared.staff.colleagues import Colleague


@dataclass(frozen=True)
class DaysWaited:
    """Families who wait from so many days to so many."""

    first: int
    last: int | None
    """None: however long."""
    families: int
    is_over: bool


@dataclass(frozen=True)
class WaitingSummary:
    target: int
    """Days, of a routine referral."""
    median_days: int
    """0 when nobody waits."""
    over: int
    days: Sequence[DaysWaited]
    why: Mapping[MissingStep, int]
    """What families over target wait for, the most frequent first; without what nobody waits for."""


async def waiting_summary(session: AsyncSession, asking: Asking, chosen: WaitingFilter) -> WaitingSummary:
    """Of all for whom the chosen clock runs, whatever part is shown; one statement."""
    rule = accepted_rules(asking.rules.waits)[chosen.clock]
    edges = _edges(rule.target.days)
    row = (await session.execute(_summary(rule, chosen.whose), asking.known)).one()
    found: list[int] = [number or 0 for number in row]
    median, over, *counted = found
    groups, steps = counted[: len(edges)], zip(MissingStep, counted[len(edges) :], strict=True)
    return WaitingSummary(
        target=rule.target.days,
        median_days=median,
        over=over,
        days=[
            DaysWaited(below + 1, last, number, is_over=below >= rule.target.days)
            for (below, last), number in zip(edges, groups, strict=True)
        ],
        why=dict(sorted(((one, number) for one, number in steps if number), key=lambda pair: -pair[1])),
    )


@built_once
def _summary(rule: ClockRule, whose: Whose | Colleague) -> Select[Any]:
    days, step, is_over = days_waited(rule), missing_step_of(rule), breach_on(rule) <= TODAY
    edges = _edges(rule.target.days)
    columns: list[ColumnElement[Any]] = [
        func.percentile_disc(0.5).within_group(days),
        func.count().filter(is_over),
        *(func.count().filter(days > below, *([] if last is None else [days <= last])) for below, last in edges),
        *(func.count().filter(is_over, step == one) for one in MissingStep),
    ]
    return (
        select(*columns)
        .select_from(episode)
        .join(referral, referral.c.id == episode.c.referral_id)
        .where(*who_may_wait(whose), runs(rule))
    )


def _edges(target: int) -> list[tuple[int, int | None]]:
    """Half of the target, the target, twice and four times it."""
    return [*pairwise((-1, target // 2, target, 2 * target, 4 * target)), (4 * target, None)]
