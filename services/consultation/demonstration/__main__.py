"""A consultation service's demonstration, as `shared.demonstration.program` says. Whoever asks is invented."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.database.tables import consultation
from services.consultation.demonstration.carry_out import ConsultationDemonstration
from services.consultation.demonstration.happening import ConsultationHappening
from services.consultation.demonstration.history import history, one_consultation
from shared.demonstration.moments import is_at_work
from shared.demonstration.program import DemonstrationProgram, DoSomething, Tempo, run
from shared.kernel.clock import london_date, machine_clock
from shared.kernel.settings import Settings

_A_LOOK = 0.04
"""How probable it is that someone asks between two looks in office hours: about once in two days."""


def _begins(engine: AsyncEngine, settings: Settings) -> ConsultationDemonstration:
    return ConsultationDemonstration(engine, settings.team or "", bytes.fromhex(settings.region_key))


async def _is_empty(engine: AsyncEngine) -> bool:
    """Whether nobody has asked the team at all."""
    async with engine.connect() as connection:
        return not await connection.scalar(select(exists().where(consultation.c.id.is_not(None))))


def _history(settings: Settings, until: datetime, months: int | None) -> Sequence[ConsultationHappening]:
    return history(settings.team or "", until, months=months)


def _lives(engine: AsyncEngine, settings: Settings, chance: random.Random, tempo: Tempo) -> DoSomething:
    demonstration = _begins(engine, settings)

    async def look() -> None:
        now = machine_clock()
        if tempo is Tempo.FAST or (is_at_work(now) and chance.random() < _A_LOOK):
            first, *_ = one_consultation(chance, london_date(now), now, is_last=True)
            await demonstration.carry_out(first)

    return look


if __name__ == "__main__":
    run(DemonstrationProgram(settings=Settings, begins=_begins, is_empty=_is_empty, history=_history, lives=_lives))
