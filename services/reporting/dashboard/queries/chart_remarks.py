"""What people said of figures: their notes, and their steps with who decided them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.dashboard.database.chart_tables import chart_note, recalculation
from services.reporting.dashboard.domain.chart_note import ChartNote
from services.reporting.variation.domain.variation import Step
from shared.kernel.clock import london_date
from shared.staff.tables import colleague


@dataclass(frozen=True)
class ChartStep:
    """A step of one figure."""

    indicator: int
    team: str
    step: Step
    decided_at: datetime

    def without_words(self) -> "ChartStep":
        return replace(self, step=replace(self.step, reason="", decided_by=""))


@dataclass(frozen=True)
class ChartRemarks:
    """The latest first."""

    notes: Sequence[ChartNote] = ()
    steps: Sequence[ChartStep] = ()

    def for_outside(self) -> "ChartRemarks":
        """Where limits begin anew, and no word of anybody: whoever wrote it sees numbers that are not shown there."""
        return ChartRemarks((), [one.without_words() for one in self.steps])

    def of_places(self, localities: Collection[str], region: Collection[int]) -> "ChartRemarks":
        """Of these teams; and of the region, whose words may be of another team, only where limits begin anew.

        Args:
            region: indicators of which the region's figure is seen.
        """
        notes = [one for one in self.notes if one.team in localities]
        steps = [one for one in self.steps if one.team in localities]
        seen = [one.without_words() for one in self.steps if one.team == "" and one.indicator in region]
        return ChartRemarks(notes, sorted([*steps, *seen], key=lambda one: one.step.holds_from, reverse=True))

    def notes_of(self, indicator: int, team: str) -> list[ChartNote]:
        return [one for one in self.notes if (one.indicator, one.team) == (indicator, team)]

    def steps_of(self, indicator: int, team: str) -> list[Step]:
        return [one.step for one in self.steps if (one.indicator, one.team) == (indicator, team)]


async def chart_remarks(session: AsyncSession, *, until: datetime | None = None) -> ChartRemarks:
    """All of them, which are few.

    Args:
        until: what was said later is left out.
    """
    notes = select(chart_note, colleague.c.name).join(colleague, colleague.c.id == chart_note.c.written_by)
    steps = select(recalculation, colleague.c.name).join(colleague, colleague.c.id == recalculation.c.decided_by)
    if until:
        notes, steps = notes.where(chart_note.c.written_at <= until), steps.where(recalculation.c.decided_at <= until)
    return ChartRemarks(
        await _notes(session, notes.order_by(chart_note.c.month.desc(), chart_note.c.id.desc())),
        await _steps(session, steps.order_by(recalculation.c.holds_from.desc())),
    )


async def _notes(session: AsyncSession, query: Select[tuple[object, ...]]) -> list[ChartNote]:
    return [
        ChartNote(row.id, row.indicator, row.team, row.month, row.words, row.name, row.written_at)
        for row in await session.execute(query)
    ]


async def _steps(session: AsyncSession, query: Select[tuple[object, ...]]) -> list[ChartStep]:
    return [
        ChartStep(
            row.indicator,
            row.team,
            Step(row.holds_from, row.reason, row.name, london_date(row.decided_at)),
            row.decided_at,
        )
        for row in await session.execute(query)
    ]
