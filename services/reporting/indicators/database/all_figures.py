"""Make the figures of every dirty month at once, for an operator who waits for it."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from services.reporting.indicators.database.figures import reckon
from shared.contracts.region import month_of
from shared.kernel.clock import Clock, london_date


async def make_all_figures(url: str, progress: Callable[[int, int], None], clock: Clock) -> int:
    """As many teams at a time as one transaction takes; how many teams that were.

    Args:
        url: the service's database, as whoever may write to its tables.
        progress: is told how many teams are done, and how many there are.
    """
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), hide_parameters=True)
    done = 0
    try:
        while True:
            async with AsyncSession(engine) as session, session.begin():
                now = clock()
                reckoned = await reckon(session, month_of(london_date(now)), now, waits=True)
            done += reckoned.teams
            progress(done, done + reckoned.left)
            if not reckoned.left:
                return done
    finally:
        await engine.dispose()
