"""The unit of work of consultation: it carries whom the team's emails are from."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.kernel.actor import Actor
from shared.kernel.clock import Clock
from shared.staff.sender import Sender
from shared.unit_of_work import UnitOfWork, UnitsOfWork


class ConsultationWork(UnitOfWork):
    """What a handler may use that writes to somebody; any other takes a `UnitOfWork`."""

    def __init__(self, sender: Sender, session: AsyncSession, actor: Actor, now: datetime) -> None:
        super().__init__(session, actor, now)
        self.sender = sender


class ConsultationUnits(UnitsOfWork[ConsultationWork]):
    """Begins them in the team's database. Arguments as those of `UnitsOfWork`."""

    def __init__(self, sender: Sender, engine: AsyncEngine, *, region_key: bytes, clock: Clock) -> None:
        super().__init__(engine, partial(ConsultationWork, sender), region_key=region_key, clock=clock)
        self.sender = sender
