"""What support does this episode get now, and what did it get before?"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.episode import Episode
from services.referral.support.queries.tier_history import TierHistoryLine, tier_history


@dataclass(frozen=True)
class EpisodeRecord:
    """An episode and its support so far."""

    episode: Episode
    history: Sequence[TierHistoryLine]
    """The newest first."""


async def episode_record(session: AsyncSession, episode_id: UUID) -> EpisodeRecord:
    """Raises NotFound when this team has no such episode."""
    episode = await Episodes(session).get(episode_id)
    return EpisodeRecord(episode, await tier_history(session, episode_id))
