"""The unit of work of reporting: it carries by what the region reaches others."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.facts.domain.region_office import RegionOffice
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock
from shared.unit_of_work import UnitOfWork, UnitsOfWork


class ReportingWork(UnitOfWork):
    """What a handler may use that writes to somebody; any other takes a `UnitOfWork`."""

    def __init__(self, office: RegionOffice, session: AsyncSession, actor: Actor, now: datetime) -> None:
        super().__init__(session, actor, now)
        self.office = office


class ReportingUnits(UnitsOfWork[ReportingWork]):
    """Begins them. Arguments as those of `UnitsOfWork`."""

    def __init__(self, office: RegionOffice, engine: AsyncEngine, *, region_key: bytes, clock: Clock) -> None:
        super().__init__(engine, partial(ReportingWork, office), region_key=region_key, clock=clock)
        self.office = office
