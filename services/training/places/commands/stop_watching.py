"""Somebody takes their address out: they hear nothing of new dates, and it is forgotten."""

from dataclasses import dataclass

from services.training.places.database.date_watches import DateWatches
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StopWatching:
    secret: str


async def stop_watching(command: StopWatching, work: UnitOfWork) -> None:
    """Twice is once. Raises NotFound when the link is nobody's."""
    watches = DateWatches(work)
    one = await watches.by_secret(command.secret)
    one.stop(work.now)
    await watches.save(one)
    work.record("dates.stop")
