"""Plan who goes on with a family after this team, or change that plan."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.ending import HandOver, HandOverDetails
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlanHandOver:
    episode_id: UUID
    seen: int
    """Version of the hand-over on the page; 0 when there was none."""
    details: HandOverDetails


async def plan_hand_over(command: PlanHandOver, work: UnitOfWork) -> None:
    """Store the plan; the last one is the one that holds.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: it is complete, or was changed after the page was opened.
        RuleBroken: no service, or nothing that it needs to know.
    """
    episode = await Episodes(work).get_to_change(command.episode_id)
    endings = Endings(work)
    stored = await endings.hand_over_of(episode.id)
    hand_over = stored or HandOver(new_id(), episode.id, command.details)
    hand_over.details = command.details
    hand_over.plan(work.actor.roles, seen=command.seen)
    await endings.store_hand_over(hand_over, work, is_new=stored is None)
    work.record("hand_over.plan", episode.family_id)
