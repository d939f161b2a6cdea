from uuid import UUID

import pytest

from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, set_a_goal, told, told_to_the_region


async def rate(family: AFamily, goal_id: UUID, rating: int, seen: int = 1) -> None:
    async with family.team.begin(family.practitioner) as work:
        await rate_goal(RateGoal(goal_id, seen, TODAY, rating), work)


async def test_each_rating_is_compared_with_the_first_one(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family, rating=2)

    await rate(family, goal_id, 6)
    await rate(family, goal_id, 1, seen=2)

    assert [(one["rating"], one["change"]) for one in await told(team, "goal.rated")] == [(2, None), (6, 4), (1, -1)]


async def test_the_region_hears_of_a_goal_once_and_of_where_it_stands_now(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family, rating=2)

    await rate(family, goal_id, 6)
    await rate(family, goal_id, 7, seen=2)
    await rate(family, goal_id, 1, seen=3)

    forward, little = ({"month": "2026-03-01", "move": move} for move in ("forward", "little"))
    assert await told_to_the_region(team, "goal_moved") == [forward]
    assert await told_to_the_region(team, "goal_moved_corrected") == [{"was": forward, "instead": little}]


async def test_the_same_page_sent_twice_rates_once(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family)
    await rate(family, goal_id, 6)

    with pytest.raises(Conflict):
        await rate(family, goal_id, 6)


async def test_an_administrator_does_not_rate(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family)

    with pytest.raises(NotAllowed):
        async with team.begin(ADMINISTRATOR) as work:
            await rate_goal(RateGoal(goal_id, 1, TODAY, 5), work)
