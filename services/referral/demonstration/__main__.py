"""A referral service's demonstration, as `shared.demonstration.program` says. Every family is invented."""

import random
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.referral.database.tables import referral
from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.happening import Happening
from services.referral.demonstration.history import history
from services.referral.demonstration.living import LivingTeam
from services.referral.settings import ReferralSettings
from shared.demonstration.program import DemonstrationProgram, DoSomething, Tempo, run
from shared.kernel.clock import machine_clock


def _begins(engine: AsyncEngine, settings: ReferralSettings) -> Demonstration:
    return Demonstration(engine, settings.to_team(), bytes.fromhex(settings.region_key))


async def _is_empty(engine: AsyncEngine) -> bool:
    """Whether the team has no referral at all."""
    async with engine.connect() as connection:
        return not await connection.scalar(select(exists().where(referral.c.id.is_not(None))))


def _history(settings: ReferralSettings, until: datetime, months: int | None) -> Sequence[Happening]:
    return history(settings.slug, until, months=months)


def _lives(engine: AsyncEngine, settings: ReferralSettings, chance: random.Random, tempo: Tempo) -> DoSomething:
    demonstration, team = _begins(engine, settings), settings.to_team()
    return LivingTeam(engine, demonstration, team, clock=machine_clock, chance=chance, tempo=tempo).look


if __name__ == "__main__":
    run(
        DemonstrationProgram(
            settings=ReferralSettings, begins=_begins, is_empty=_is_empty, history=_history, lives=_lives
        )
    )
