"""Which family is this, and what support does it get now?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.episodes import Episodes
from services.referral.database.referrals import Referrals
from services.referral.domain.age import age_in_words
from services.referral.domain.episode import Episode
from services.referral.domain.referral import Referral
from services.referral.queries.tier_history import TierHistoryLine, tier_history


@dataclass(frozen=True)
class EpisodeRecord:
    """An episode with the referral that it came from."""

    episode: Episode
    referral: Referral
    age: str
    """In words, today."""
    history: Sequence[TierHistoryLine]
    """The newest first."""

    def review_is_overdue(self, today: date) -> bool:
        return self.episode.review_on is not None and self.episode.review_on < today


async def episode_record(session: AsyncSession, episode_id: UUID, today: date) -> EpisodeRecord:
    """Raises NotFound when this team has no such episode."""
    episode = await Episodes(session).get(episode_id)
    referral = await Referrals(session).get(episode.referral_id)
    history = await tier_history(session, episode_id)
    return EpisodeRecord(episode, referral, age_in_words(referral.request.subject, today), history)
