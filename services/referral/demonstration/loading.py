"""Loads a history: each command at its own moment of the past, in the order of time."""

from collections.abc import Callable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.referral.database.tables import referral
from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.happening import Happening

Tell = Callable[[int, int], None]
"""Told how many commands are done, and of how many."""

_TELL_EVERY = 20


async def load(demonstration: Demonstration, history: Sequence[Happening], tell: Tell) -> None:
    """Carry all of it out. Raises Refusal when a command says no, which is a mistake of the history."""
    if history:
        await demonstration.introduce(history[0].at)
    for number, happening in enumerate(history):
        if number % _TELL_EVERY == 0:
            tell(number, len(history))
        await demonstration.carry_out(happening)
    tell(len(history), len(history))


async def is_empty(engine: AsyncEngine) -> bool:
    """Whether the team has no referral at all; only then may a history be loaded."""
    async with engine.connect() as connection:
        return not await connection.scalar(select(exists().where(referral.c.id.is_not(None))))
