"""What is aimed at, as the region entered it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.indicators.database.target_tables import target_set
from services.reporting.indicators.domain.indicator import Target
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague


@dataclass(frozen=True)
class TargetLine:
    """One that was entered."""

    id: UUID
    indicator: int
    holds_from: date
    value: Decimal
    source: str
    set_by: str
    set_at: datetime
    withdrawn_at: datetime | None


async def set_targets(session: AsyncSession, *, until: datetime | None = None) -> dict[int, list[Target]]:
    """By indicator, those that hold or will: of two of the same month the later one.

    Args:
        until: as it was known then.
    """
    table = target_set.c
    query = select(target_set).order_by(table.set_at, table.id)
    if until:
        query = query.where(table.set_at <= until, or_(table.withdrawn_at.is_(None), table.withdrawn_at > until))
    else:
        query = query.where(table.withdrawn_at.is_(None))
    found: dict[int, dict[date, Target]] = {}
    for row in await session.execute(query):
        found.setdefault(row.indicator, {})[row.holds_from] = Target(row.holds_from, row.value, row.source)
    return {number: [*of_months.values()] for number, of_months in found.items()}


def target_list() -> Listing[TargetLine]:
    """All of them, by indicator, the latest month first."""
    query = select(target_set, colleague.c.name).join(colleague, colleague.c.id == target_set.c.set_by)
    table = target_set.c
    return found_by(query.order_by(table.indicator, table.holds_from.desc(), table.set_at.desc()), _line)


def _line(row: Any) -> TargetLine:
    told = (row.id, row.indicator, row.holds_from, row.value, row.source, row.name, row.set_at, row.withdrawn_at)
    return TargetLine(*told)
