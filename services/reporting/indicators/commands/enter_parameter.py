"""Whoever leads the region enters what is known of a team's area: births, need, demand, planned posts."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.indicators.database.parameter_tables import parameter_entered
from services.reporting.indicators.domain.parameter import AreaValue
from shared.inbox.projection import marking
from shared.inbox.tables import checkpoint
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EnterParameter:
    parameter_id: UUID
    entered: AreaValue


async def enter_parameter(command: EnterParameter, work: UnitOfWork) -> None:
    """It holds from its month on; of two of the same month, the later entry does. Nothing is ever changed.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: the region has not heard of the team.
    """
    check_leads_region(work.actor)
    one = command.entered
    if await work.session.scalar(select(checkpoint.c.team).where(checkpoint.c.team == one.team).limit(1)) is None:
        raise NotFound("team_unknown", "There is no such team. Choose one of those on the page.")
    told = {"team": one.team, "name": one.name, "month": one.month, "value": one.value, "source": one.source.strip()}
    values = {"id": command.parameter_id, **told, "entered_by": work.actor.id, "entered_at": work.now}
    await work.session.execute(insert(parameter_entered).values(values).on_conflict_do_nothing())
    this = f"id = '{command.parameter_id}'"
    await work.session.execute(text(marking([parameter_entered.name], this)))
    work.record("parameter.enter", command.parameter_id)
