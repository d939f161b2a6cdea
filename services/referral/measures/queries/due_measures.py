"""Which measures is a family due, and which others were begun?"""

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.referral.database.measure_tables import measure_skip
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_due import DueMeasure, measures_due
from shared.unit_of_work import UnitOfWork


async def due_measures(
    work: UnitOfWork, episode_id: UUID, at_hand: Callable[[Set[str]], Iterable[MeasureDefinition]], today: date
) -> Sequence[DueMeasure]:
    """What is due first. Two statements.

    Args:
        at_hand: of the codes of those begun, which ones the team asks a family at all.
    """
    taken = await Measures(work).taken(episode_id)
    skipped = await work.session.scalars(select(measure_skip.c.code).where(measure_skip.c.episode_id == episode_id))
    return measures_due(at_hand({one.series.code for one in taken}), taken, set(skipped), today)
