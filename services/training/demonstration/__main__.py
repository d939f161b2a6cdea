"""A training service's demonstration, as `shared.demonstration.program` says. Everybody on its register is invented."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.database.workforce_tables import person
from services.training.demonstration.carry_out import TrainingDemonstration
from services.training.demonstration.happening import TrainingHappening
from services.training.demonstration.history import history, somebody
from services.training.demonstration.organisations import EMPLOYERS
from services.training.settings import TrainingSettings
from shared.demonstration.moments import is_at_work
from shared.demonstration.program import DemonstrationProgram, DoSomething, Tempo, run
from shared.kernel.clock import london_date, machine_clock

_A_LOOK = 0.01
"""How probable it is that somebody joins between two looks in office hours: about once in eight days."""


def _begins(engine: AsyncEngine, settings: TrainingSettings) -> TrainingDemonstration:
    return TrainingDemonstration(engine, settings.to_team(), bytes.fromhex(settings.region_key))


async def _is_empty(engine: AsyncEngine) -> bool:
    """Whether nobody is on the register at all."""
    async with engine.connect() as connection:
        return not await connection.scalar(select(exists().where(person.c.id.is_not(None))))


def _history(settings: TrainingSettings, until: datetime, months: int | None) -> Sequence[TrainingHappening]:
    return history(settings.team or "", until, months=months)


def _lives(engine: AsyncEngine, settings: TrainingSettings, chance: random.Random, tempo: Tempo) -> DoSomething:
    demonstration = _begins(engine, settings)

    async def look() -> None:
        now = machine_clock()
        if tempo is Tempo.FAST or (is_at_work(now) and chance.random() < _A_LOOK):
            number = chance.randint(1000, 99_999)
            where = chance.choice([place for place, one in enumerate(EMPLOYERS) if one.staff[0].people])
            joins = somebody(chance, number, where, EMPLOYERS[where].staff[0].profession, london_date(now))
            await demonstration.carry_out(TrainingHappening(now, f"person {number}", joins))

    return look


if __name__ == "__main__":
    run(
        DemonstrationProgram(
            settings=TrainingSettings, begins=_begins, is_empty=_is_empty, history=_history, lives=_lives
        )
    )
