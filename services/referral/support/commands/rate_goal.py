"""Say where a family sees itself now with one goal."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.support.database.episodes import Episodes
from services.referral.support.database.goals import Goals
from services.referral.support.domain.clinical_rule import check_seen
from services.referral.support.domain.goal import GoalRating
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RateGoal:
    goal_id: UUID
    seen: int
    """Number of ratings on the page."""
    rated_on: date
    rating: int


async def rate_goal(command: RateGoal, work: UnitOfWork) -> None:
    """Publish GoalRated with the change since the first rating.

    Raises:
        NotFound: this team has no such goal.
        NotAllowed: the actor does not work with families.
        Conflict: someone rated it after the page was opened.
        RuleBroken: the goal is closed, or the day or number is wrong.
    """
    goals = Goals(work)
    goal = await goals.get_to_change(command.goal_id)
    check_seen(len(goal.ratings), command.seen)
    episode = await Episodes(work).get(goal.episode_id)
    rated = goal.rate(GoalRating(command.rated_on, command.rating), work.actor.roles, work.today)
    work.publish(rated, about=goal)
    await goals.add_rating(goal, work.actor.id)
    work.record("goal.rate", episode.family_id)
