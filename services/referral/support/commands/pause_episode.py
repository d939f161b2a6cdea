"""Pause the work with a family, because they ask for it or cannot meet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.clinical_rule import check_day
from services.referral.team.domain.wait_clock import Pause
from shared.contracts.pathway import EpisodePaused
from shared.contracts.pathway_codes import PauseReason
from shared.kernel.errors import Conflict
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once, UnitOfWork


@dataclass(frozen=True)
class PauseEpisode:
    episode_id: UUID
    reason: PauseReason
    paused_on: date
    note: str = ""
    """Stays in the team."""


async def pause_episode(command: PauseEpisode, work: UnitOfWork) -> None:
    """Publish EpisodePaused. The wait stays visible as it is; a second figure leaves the pause out.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: it is paused already.
        RuleBroken: the day is to come, or before the work began.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    episode = await Episodes(work).get_to_change(command.episode_id)
    endings = Endings(work)
    if any(pause.ended_on is None for pause in await endings.pauses(episode.id)):
        raise Conflict("episode_paused", "The work with this family is paused already. Nothing was saved.")
    check_day(command.paused_on, episode.opened_on, work.today, "paused_on")
    paused = EpisodePaused(episode_id=episode.id, paused_on=command.paused_on, reason=command.reason)
    work.publish(paused, about=Once(new_id()))
    await endings.add_pause(new_id(), episode.id, Pause(command.reason, command.paused_on), command.note, work)
    work.record("episode.pause", episode.family_id)
