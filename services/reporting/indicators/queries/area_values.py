"""What was entered of each team's area, and whether it holds now or will: the newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.indicators.database.parameter_table import parameter_entered
from services.reporting.indicators.domain.parameter import AreaValue, Parameter


@dataclass(frozen=True)
class EnteredValue:
    """An entry, and the state of it."""

    entered: AreaValue
    entered_at: datetime
    """UTC."""
    holds: bool
    """No other of the same name has taken its place by now."""


async def area_values(session: AsyncSession, today: date) -> tuple[EnteredValue, ...]:
    """By team and name, the latest month first.

    Args:
        today: date in Europe/London.
    """
    table = parameter_entered.c
    rows = await session.execute(
        select(parameter_entered).order_by(table.team, table.name, table.month.desc(), table.position.desc())
    )
    seen: set[tuple[str, str]] = set()
    entries: list[EnteredValue] = []
    for row in rows:
        has_begun = row.month <= today
        holds = has_begun and (row.team, row.name) not in seen
        if has_begun:
            seen.add((row.team, row.name))
        value = AreaValue(row.team, Parameter(row.name), row.month, row.value, row.source)
        entries.append(EnteredValue(value, row.entered_at, holds))
    return tuple(entries)
