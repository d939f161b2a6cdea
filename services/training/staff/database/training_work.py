"""The unit of work of training: it carries the team's rules, so that no command can be told others, or none."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.training.staff.domain.training_team import TrainingTeam
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock
from shared.unit_of_work import UnitOfWork, UnitsOfWork


class TrainingWork(UnitOfWork):
    """What a handler may use that depends on the team's rules; any other takes a `UnitOfWork`."""

    def __init__(self, team: TrainingTeam, session: AsyncSession, actor: Actor, now: datetime) -> None:
        super().__init__(session, actor, now)
        self.team = team


class TrainingUnits(UnitsOfWork[TrainingWork]):
    """Begins them in the team's database. Arguments as those of `UnitsOfWork`."""

    def __init__(self, team: TrainingTeam, engine: AsyncEngine, *, region_key: bytes, clock: Clock) -> None:
        super().__init__(engine, partial(TrainingWork, team), region_key=region_key, clock=clock)
        self.team = team
