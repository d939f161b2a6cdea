"""Go on with the work after a pause."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.clinical_rule import check_day
from shared.contracts.pathway import EpisodeResumed
from shared.kernel.errors import Conflict
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once, UnitOfWork


@dataclass(frozen=True)
class ResumeEpisode:
    episode_id: UUID
    resumed_on: date


async def resume_episode(command: ResumeEpisode, work: UnitOfWork) -> None:
    """Publish EpisodeResumed.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: it is not paused.
        RuleBroken: the day is to come, or before the pause began.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    episode = await Episodes(work).get_to_change(command.episode_id)
    endings = Endings(work)
    pause = next((one for one in await endings.pauses(episode.id) if one.ended_on is None), None)
    if pause is None:
        raise Conflict("episode_not_paused", "The work with this family is not paused. Nothing was saved.")
    check_day(command.resumed_on, pause.started_on, work.today, "resumed_on")
    work.publish(EpisodeResumed(episode_id=episode.id, resumed_on=command.resumed_on), about=Once(new_id()))
    await endings.end_pause(episode.id, command.resumed_on)
    work.record("episode.resume", episode.family_id)
