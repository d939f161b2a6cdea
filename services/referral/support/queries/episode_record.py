"""What support does this episode get now, and what did it get before?"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.episode import Episode
from services.referral.support.queries.tier_history import TierHistoryLine, tier_history
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EpisodeRecord:
    """An episode and its support so far."""

    episode: Episode
    history: Sequence[TierHistoryLine]
    """The newest first."""


async def episode_record(work: UnitOfWork, episode_id: UUID) -> EpisodeRecord:
    """Raises NotFound when this team has no such episode."""
    episode = await Episodes(work).get(episode_id)
    return EpisodeRecord(episode, await tier_history(work, episode_id))
