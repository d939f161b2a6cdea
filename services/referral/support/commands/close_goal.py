"""Close a goal that is reached, or that the family no longer has."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.episodes import Episodes
from services.referral.support.database.goals import Goals
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseGoal:
    goal_id: UUID


async def close_goal(command: CloseGoal, work: UnitOfWork) -> None:
    """A second time changes nothing; the ratings stay.

    Raises:
        NotFound: this team has no such goal.
        NotAllowed: the actor does not work with families.
    """
    goals = Goals(work)
    goal = await goals.get_to_change(command.goal_id)
    episode = await Episodes(work).get(goal.episode_id)
    goal.close(work.actor.roles, work.today)
    goal.version += 1
    await goals.save(goal)
    work.record("goal.close", episode.family_id)
