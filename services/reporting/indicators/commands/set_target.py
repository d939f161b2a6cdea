"""Set what is aimed at with a figure from a month on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.indicators.database.target_tables import target_set
from services.reporting.indicators.domain.target_check import check_target
from services.reporting.indicators.packs.catalogue import INDICATORS
from shared.contracts.region import month_of
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SetTarget:
    target_id: UUID
    indicator: int
    holds_from: date
    """Any day of its first month."""
    value: Decimal
    """In the unit of the figure."""
    source: str
    """Who set it, and where that is written."""


async def set_target(command: SetTarget, work: UnitOfWork) -> None:
    """It holds until another does; months before it keep the target that they had.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: there is no such figure.
        RuleBroken: it can have no such target.
    """
    check_leads_region(work.actor)
    indicator = next((one for one in INDICATORS if one.number == command.indicator), None)
    if indicator is None:
        raise NotFound("indicator_unknown", "There is no such indicator. Go back and choose one from the list.")
    check_target(indicator, command.value, command.holds_from, work.today)
    await work.session.execute(
        insert(target_set).values(
            id=command.target_id,
            indicator=command.indicator,
            holds_from=month_of(command.holds_from),
            value=command.value,
            source=command.source,
            set_by=work.actor.id,
            set_at=work.now,
        )
    )
    work.record("target.set", command.target_id)
