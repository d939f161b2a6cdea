"""Every minute: what the strategy says of a team's area is entered once, when the region has heard of the team."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from services.reporting.indicators.commands.enter_parameter import EnterParameter, enter_parameter
from services.reporting.indicators.database.parameter_tables import parameter_entered
from services.reporting.indicators.domain.parameter import AreaValue
from services.reporting.indicators.packs.areas import KNOWN_AREAS
from shared.contracts.vocabulary import Role
from shared.inbox.tables import checkpoint
from shared.kernel.actor import system
from shared.unit_of_work import UnitsOfWork

_KNOWN = UUID("019ac5e0-0000-7000-8000-000000000000")


async def enter_known_areas(units: UnitsOfWork[Any]) -> int:
    """Gives how many were entered. What a lead has entered since stays as it is."""
    async with units.begin(system()) as work:
        heard = set(await work.session.scalars(select(checkpoint.c.team)))
        there = set(await work.session.scalars(select(parameter_entered.c.id)))
        new = [one for one in KNOWN_AREAS if one.team in heard and _id_of(one) not in there]
        for one in new:
            with work.acting_as(Role.REGIONAL_LEAD, "parameter.enter_known"):
                await enter_parameter(EnterParameter(_id_of(one), one), work)
        return len(new)


def _id_of(one: AreaValue) -> UUID:
    return uuid5(_KNOWN, f"{one.team} {one.name.value}")
