"""Goals in the family's own words, each rated from 0 to 10. Source: reference 4.2 and 4.3, GBO.

Each goal is looked at by itself: one that has become worse is never averaged away. The reliable change of 3 points is
the one that NHS England's own outcome metrics use (reference 4.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_day, check_words
from shared.contracts.pathway import GoalRated, GoalSet
from shared.contracts.pathway_codes import ChangeClass
from shared.contracts.vocabulary import Role
from shared.kernel.errors import RuleBroken

RELIABLE_CHANGE = 3
"""Points; a change of exactly this many counts."""
MOST_OPEN_GOALS = 3


@dataclass(frozen=True)
class GoalRating:
    rated_on: date
    rating: int
    """0: not at all there yet; 10: reached."""


@dataclass
class Goal:
    id: UUID
    episode_id: UUID
    words: str
    person_id: UUID
    """Whose goal it is: a parent or carer, or the baby for whom they speak."""
    set_on: date
    ratings: list[GoalRating] = field(default_factory=list[GoalRating])
    closed_on: date | None = None
    version: int = 0

    def set(self, open_goals: int, not_before: date, roles: frozenset[Role], today: date) -> GoalSet:
        """A new goal.

        Raises:
            NotAllowed: the actor does not work with families.
            RuleBroken: no words, a wrong day, or three goals are open already.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        check_words(self.words, "Write the goal in the family's own words.", "words")
        check_day(self.set_on, not_before, today, "set_on")
        if open_goals >= MOST_OPEN_GOALS:
            raise RuleBroken(
                "goal_number", f"{MOST_OPEN_GOALS} goals are open. Close one first, so that each gets attention."
            )
        return GoalSet(goal_id=self.id, episode_id=self.episode_id)

    def rate(self, rating: GoalRating, roles: frozenset[Role], today: date) -> GoalRated:
        """Where the family sees itself now.

        Raises:
            NotAllowed: the actor does not work with families.
            RuleBroken: the goal is closed, or the day or the number is wrong.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        if self.closed_on is not None:
            raise RuleBroken("goal_closed", "This goal is closed. Set a new one.")
        if not 0 <= rating.rating <= 10:
            raise RuleBroken("goal_rating", "Choose a number from 0 to 10.", field="rating")
        check_day(rating.rated_on, self.ratings[-1].rated_on if self.ratings else self.set_on, today, "rated_on")
        change = rating.rating - self.ratings[0].rating if self.ratings else None
        self.ratings.append(rating)
        return GoalRated(
            goal_id=self.id,
            episode_id=self.episode_id,
            rating=rating.rating,
            change=change,
            rated_on=rating.rated_on,
        )

    def close(self, roles: frozenset[Role], today: date) -> None:
        """Raises NotAllowed for someone who does not work with families."""
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        self.closed_on = self.closed_on or today


def goal_change(ratings: Sequence[GoalRating]) -> ChangeClass | None:
    """From the first rating to the last; None before there are two. There is no range in which nobody needs a goal."""
    if len(ratings) < 2:
        return None
    points = ratings[-1].rating - ratings[0].rating
    if points >= RELIABLE_CHANGE:
        return ChangeClass.RELIABLY_IMPROVED
    return ChangeClass.RELIABLY_DETERIORATED if points <= -RELIABLE_CHANGE else ChangeClass.NO_RELIABLE_CHANGE
