"""The next service has taken over."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.staff.domain.still_open import NOTHING_SAID, Settling
from services.referral.staff.queries.still_open import still_open
from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Episodes
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CompleteHandOver:
    episode_id: UUID
    settling: Settling = NOTHING_SAID
    """What becomes of all that is still open."""


async def complete_hand_over(command: CompleteHandOver, work: UnitOfWork) -> None:
    """Publish EpisodeHandedOver.

    Raises:
        NotFound: this team has no such episode, or no hand-over is planned.
        NotAllowed: the actor does not work with families.
        Conflict: it is complete already.
        RuleBroken: something about safety is open and nobody's, or nobody looked at the rest.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    episode = await Episodes(work).get_to_change(command.episode_id)
    endings = Endings(work)
    hand_over = await endings.hand_over_of(episode.id)
    if hand_over is None:
        raise NotFound("hand_over_not_found", "No hand-over is planned for this family. Plan it first.")
    things = await still_open(work, episode.family_id)
    await settle_open_work(SettleOpenWork(frozenset({episode.family_id}), things, command.settling), work)
    work.publish(hand_over.complete(work.actor.roles, work.today), about=hand_over)
    await endings.store_hand_over(hand_over, work, is_new=False)
    work.record("hand_over.complete", episode.family_id)
