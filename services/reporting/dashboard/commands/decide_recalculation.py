"""Decide that a figure is another from a month on: its limits are reckoned anew there, for a known reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.reporting.dashboard.database.chart_tables import recalculation
from services.reporting.dashboard.domain.chart_note import check_month
from services.reporting.facts.domain.regional_lead import check_leads_region
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DecideRecalculation:
    recalculation_id: UUID
    indicator: int
    team: str
    """Empty for the region."""
    holds_from: date
    """First day of a month."""
    reason: str


async def decide_recalculation(command: DecideRecalculation, work: UnitOfWork) -> None:
    """It is never automatic, and never taken back: who decided it, when and why stands beside the chart.

    Raises:
        NotAllowed: they do not lead the region.
        RuleBroken: the month has not begun, or limits begin there already.
    """
    check_leads_region(work.actor)
    check_month(command.holds_from, work.today)
    new = insert(recalculation).values(
        id=command.recalculation_id,
        indicator=command.indicator,
        team=command.team,
        holds_from=command.holds_from,
        reason=command.reason,
        decided_by=work.actor.id,
        decided_at=work.now,
    )
    added = await work.session.execute(
        new.on_conflict_do_nothing(index_elements=["indicator", "team", "holds_from"]).returning(recalculation.c.id)
    )
    if added.first() is None:
        raise RuleBroken(
            "limits_begin_there", "Limits begin in that month already. Choose another month.", field="month"
        )
    work.record("recalculation.decide", command.recalculation_id)
