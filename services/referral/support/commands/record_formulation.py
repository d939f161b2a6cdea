"""Record a tentative understanding with a family, as its next version."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.assessments import Formulations
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.support.domain.formulation import Formulation
from services.referral.team.database.team_work import TeamWork
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once


@dataclass(frozen=True)
class RecordFormulation:
    episode_id: UUID
    seen: int
    """Number of the newest version on the page; 0 when there was none."""
    formulation: Formulation


async def record_formulation(command: RecordFormulation, work: TeamWork) -> None:
    """Publish FormulationRecorded.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: someone wrote a version after the page was opened.
        RuleBroken: a part that is needed is empty.
    """
    episode = await Episodes(work).get_to_change(command.episode_id)
    formulations = Formulations(work)
    newest = await formulations.newest_number(episode.id)
    recorded = command.formulation.record(episode.id, work.actor.roles, newest=newest, seen=command.seen)
    work.publish(recorded, about=Once(new_id()))
    await formulations.add(episode.id, recorded.number, command.formulation, work)
    await refresh_and_tell(work, episode)
    work.record("formulation.record", episode.family_id)
