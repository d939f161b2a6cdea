"""Take back a discharge: the same work goes on, with the support that the family had."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.commands.tell_rereferrals import TellRereferrals, tell_rereferrals
from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Decided, Episodes
from shared.contracts.ending import DischargeUndone
from shared.kernel.errors import Conflict
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class UndoDischarge:
    episode_id: UUID
    reason: str
    """Stays in the team."""


async def undo_discharge(command: UndoDischarge, work: UnitOfWork) -> None:
    """Publish TierChanged and DischargeUndone.

    Interventions that ended with the discharge stay ended: a new plan begins them again.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor is not the team lead.
        Conflict: it has not ended, or new work with the family has begun since.
        RuleBroken: it ended more than 28 days ago, or no reason is given.
    """
    episodes, endings = Episodes(work), Endings(work)
    episode = await episodes.get_to_change(command.episode_id)
    discharge = await endings.discharge_of(episode.id)
    if discharge is None:
        raise Conflict("episode_open", "The work with this family goes on already. Nothing was changed.")
    if await episodes.open_of(episode.family_id) is not None:
        raise Conflict("episode_newer", "New work with this family has begun since. Record there what goes on.")
    discharge.check_undo(command.reason, work.actor.roles, work.today)
    move, tier_changed = episode.undo_discharge(await episodes.support_before_last(episode.id), work.today)
    work.publish(tier_changed, about=episode)
    await episodes.save(episode, move, Decided(work.actor.id, work.now))
    work.publish(DischargeUndone(episode_id=episode.id), about=episode)
    await episodes.save_review(episode)
    await endings.undo_discharge(discharge.id, command.reason, work)
    await tell_rereferrals(TellRereferrals(frozenset({episode.family_id})), work)
    work.record("discharge.undo", episode.family_id)
