"""What is known of each team's area, and what nobody has entered yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.indicators.database.parameter_tables import parameter_entered
from services.reporting.indicators.domain.parameter import Parameter
from shared.contracts.slug import locality_name
from shared.inbox.tables import checkpoint
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AreaLine:
    """One number of one team's area, as it holds now; one that holds later only is a line of its own."""

    team: str
    name: Parameter
    value: int | None = None
    """None: nobody has entered it."""
    month: date | None = None
    """From which it holds."""
    source: str = ""
    entered_at: datetime | None = None
    """UTC."""

    @property
    def place(self) -> str:
        return locality_name(self.team)


@dataclass(frozen=True)
class AreaNumber:
    """What holds of a team's area in a month, and who says so."""

    number: int
    source: str


async def area_numbers(session: AsyncSession, name: Parameter, month: date) -> dict[str, AreaNumber]:
    """By team, where it was entered."""
    table = parameter_entered.c
    begun = select(parameter_entered).where(table.name == name, table.month <= month)
    rows = await session.execute(begun.order_by(table.month, table.position))
    return {row.team: AreaNumber(row.value, row.source) for row in rows}


async def area_values(work: UnitOfWork) -> Sequence[AreaLine]:
    """By team, then in the order of the parameters; what holds now before what will."""
    table = parameter_entered.c
    newest_last = select(parameter_entered).order_by(table.month, table.position)
    entries = (await work.session.execute(newest_last)).all()
    known = set(await work.session.scalars(select(checkpoint.c.team)))
    teams = sorted(known | {row.team for row in entries})
    return [line for team in teams for name in Parameter for line in _lines(team, name, entries, work.today)]


def _lines(team: str, name: Parameter, entries: Sequence[Any], today: date) -> Iterator[AreaLine]:
    own = {row.month: row for row in entries if (row.team, row.name) == (team, name)}
    begun = [month for month in own if month <= today]
    shown = [*([max(begun)] if begun else []), *(month for month in own if month > today)]
    if not shown:
        yield AreaLine(team, name)
    for row in (own[month] for month in shown):
        yield AreaLine(team, name, row.value, row.month, row.source, row.entered_at)
