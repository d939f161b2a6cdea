"""Set a goal with a family, in their own words, and say where they see themselves at the start."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.goals import Goals
from services.referral.support.domain.goal import Goal, GoalRating
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SetGoal:
    goal_id: UUID
    """Made when the page was opened, so that a second press sets no second goal."""
    episode_id: UUID
    person_id: UUID
    words: str
    set_on: date
    rating: int


async def set_goal(command: SetGoal, work: UnitOfWork) -> None:
    """Publish GoalSet and its first GoalRated; the same goal sent twice is set once.

    Raises:
        NotFound: this team has no such episode, or nobody in the family has that id.
        NotAllowed: the actor does not work with families.
        RuleBroken: no words, a wrong day or number, or three goals are open.
    """
    episode = await Episodes(work).get_to_change(command.episode_id)
    (await Families(work).get(episode.family_id)).member(command.person_id)
    goals = Goals(work)
    if await goals.is_stored(command.goal_id):
        return
    goal = Goal(command.goal_id, episode.id, command.words.strip(), command.person_id, command.set_on)
    open_goals = await goals.number_open(episode.id)
    work.publish(goal.set(open_goals, episode.opened_on, work.actor.roles, work.today), about=goal)
    rated = goal.rate(GoalRating(command.set_on, command.rating), work.actor.roles, work.today)
    work.publish(rated, about=goal)
    await goals.add(goal)
    await goals.add_rating(goal, work.actor.id)
    work.record("goal.set", episode.family_id)
