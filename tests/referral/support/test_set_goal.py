import pytest

from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import set_a_goal, told


async def test_a_goal_is_set_in_the_familys_words_with_where_they_are_now(team: ATeam) -> None:
    family = await a_family(team)

    goal_id = await set_a_goal(family, rating=2)

    assert [one["goal_id"] for one in await told(team, "goal.set")] == [str(goal_id)]
    assert [(one["rating"], one["change"]) for one in await told(team, "goal.rated")] == [(2, None)]


async def test_the_same_form_sent_twice_sets_one_goal(team: ATeam) -> None:
    family = await a_family(team)
    goal_id = await set_a_goal(family)

    await set_a_goal(family, goal_id=goal_id)

    assert len(await told(team, "goal.set")) == 1


async def test_a_fourth_open_goal_waits_until_one_is_closed(team: ATeam) -> None:
    family = await a_family(team)
    for _ in range(3):
        await set_a_goal(family)

    with pytest.raises(RuleBroken, match="goal_number"):
        await set_a_goal(family)


@pytest.mark.parametrize(("words", "rating", "code"), [("  ", 2, "words_missing"), ("To sleep", 11, "goal_rating")])
async def test_a_goal_without_words_or_beyond_ten_is_refused(team: ATeam, words: str, rating: int, code: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match=code):
        await set_a_goal(family, words, rating)


async def test_a_goal_belongs_to_somebody_of_the_family(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotFound):
        await set_a_goal(family, person_id=new_id())
