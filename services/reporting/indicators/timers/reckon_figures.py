"""Four times a second: the figures of the teams whose facts have changed since are made anew."""

from typing import Any

from services.reporting.indicators.database.figures import reckon
from shared.contracts.region import month_of
from shared.kernel.actor import system
from shared.unit_of_work import UnitsOfWork


async def reckon_figures(units: UnitsOfWork[Any]) -> int:
    """Gives how many teams still wait for it: 0 when another process does it now."""
    async with units.begin(system()) as work:
        return (await reckon(work.session, month_of(work.today), work.now)).left
