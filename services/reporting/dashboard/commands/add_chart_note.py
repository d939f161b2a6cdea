"""Write a note on a month of a figure: what happened there that the figure cannot say."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert

from services.reporting.dashboard.database.chart_tables import chart_note
from services.reporting.dashboard.domain.chart_note import check_month
from services.reporting.facts.domain.regional_lead import check_leads_region
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddChartNote:
    note_id: UUID
    indicator: int
    team: str
    """Empty for the region."""
    month: date
    """Its first day."""
    words: str


async def add_chart_note(command: AddChartNote, work: UnitOfWork) -> None:
    """It stands in the chart from now on, and is never changed: another note says what is different.

    Raises:
        NotAllowed: they do not lead the region.
        RuleBroken: the month has not begun.
    """
    check_leads_region(work.actor)
    check_month(command.month, work.today)
    await work.session.execute(
        insert(chart_note).values(
            id=command.note_id,
            indicator=command.indicator,
            team=command.team,
            month=command.month,
            words=command.words,
            written_by=work.actor.id,
            written_at=work.now,
        )
    )
    work.record("chart_note.add", command.note_id)
