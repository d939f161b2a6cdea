import pytest

from services.referral.support.commands.close_goal import CloseGoal, close_goal
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import ADMINISTRATOR, set_a_goal


async def test_a_closed_goal_is_rated_no_more_and_makes_room_for_another(team: ATeam) -> None:
    family = await a_family(team)
    goals = [await set_a_goal(family) for _ in range(3)]

    async with team.begin(family.practitioner) as work:
        await close_goal(CloseGoal(goals[0]), work)
    await set_a_goal(family)

    with pytest.raises(RuleBroken, match="goal_closed"):
        async with team.begin(family.practitioner) as work:
            await rate_goal(RateGoal(goals[0], 1, TODAY, 5), work)


async def test_an_administrator_does_not_close_a_goal(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family)

    with pytest.raises(NotAllowed):
        async with team.begin(ADMINISTRATOR) as work:
            await close_goal(CloseGoal(goal_id), work)
