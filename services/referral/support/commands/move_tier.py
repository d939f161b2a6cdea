"""Change tier that a family gets: its level, risk support or direct work."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.episodes import Decided, Episodes
from services.referral.support.domain.tier import TierMove
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MoveTier:
    episode_id: UUID
    expected_version: int
    """Of the episode on the page that the actor decided on."""
    move: TierMove


async def move_tier(command: MoveTier, work: UnitOfWork) -> None:
    """Publish TierChanged, and add one line to the tier history.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the move is not this actor's to decide.
        Conflict: the family was moved after the page was opened.
        RuleBroken: the pathway forbids the move, or evidence is missing.
    """
    episodes = Episodes(work)
    episode = await episodes.get_to_change(command.episode_id)
    tier_changed = episode.move_tier(command.move, work.actor.roles, work.today, seen=command.expected_version)
    work.publish(tier_changed, about=episode)
    await episodes.save(episode, command.move, Decided(work.actor.id, work.now))
    work.record("tier.move", episode.id)
