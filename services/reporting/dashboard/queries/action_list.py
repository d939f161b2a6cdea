"""What was agreed and asked: what is overdue first, then by the day on which it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.dashboard.database.action_tables import action
from services.reporting.dashboard.domain.action import Action, ActionState
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Reach, Remit
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague


@dataclass(frozen=True)
class ActionFilter:
    state: ActionState | None = None


@dataclass(frozen=True)
class ActionLine:
    """One of them."""

    action: Action
    owner: str
    state: ActionState


def action_list(chosen: ActionFilter, today: date, remit: Remit) -> Listing[ActionLine]:
    """Those that somebody with the remit sees."""
    query = _lines(today, remit)
    if chosen.state:
        query = query.where(_state(today) == chosen.state.value)
    return found_by(query, _line)


async def action_counts(session: AsyncSession, today: date, remit: Remit) -> dict[ActionState, int]:
    """How many there are in each state."""
    state = _state(today)
    rows = await session.execute(select(state, func.count()).where(_is_seen(remit)).group_by(state))
    return {ActionState(name): number for name, number in rows}


async def open_actions(session: AsyncSession, today: date, remit: Remit | Reach) -> Sequence[ActionLine]:
    """All that are not closed, which are few."""
    rows = await session.execute(_lines(today, remit).where(action.c.closed_at.is_(None)))
    return [_line(row) for row in rows]


def _lines(today: date, remit: Remit | Reach) -> Select[Any]:
    state = _state(today)
    query = select(action, colleague.c.name.label("owner"), state.label("state"))
    query = query.join(colleague, colleague.c.id == action.c.owned_by).where(_is_seen(remit))
    order = func.array_position([one.value for one in ActionState], state)
    return query.order_by(order, action.c.closed_at.desc(), action.c.due_on, action.c.id)


def _state(today: date) -> ColumnElement[str]:
    """As SQL, what `Action.state` says."""
    return case(
        (action.c.closed_at.is_not(None), ActionState.CLOSED.value),
        (action.c.due_on < today, ActionState.OVERDUE.value),
        else_=ActionState.OPEN.value,
    )


def _is_seen(remit: Remit | Reach) -> ColumnElement[bool]:
    if remit.audience is Audience.OUTSIDE:
        return false()
    return action.c.team.in_(remit.localities) if remit.localities is not None else action.c.id.is_not(None)


def _line(row: Any) -> ActionLine:
    return ActionLine(read_row(Action, row), row.owner, ActionState(row.state))
