"""What the region hears of how large a team is."""

from datetime import date

from services.consultation.supervision.timers.reckon_posts import reckon_posts
from shared.contracts.supervision import PostsReckoned
from tests.consultation.supervision.conftest import SupervisedTeam


async def test_the_region_hears_the_sum_of_all_shares_of_full_time_when_a_month_is_over(team: SupervisedTeam) -> None:
    changed = await reckon_posts(team.units)
    assert (changed > 0, await reckon_posts(team.units)) == (True, 0)

    last = (await team.told("uk.pairs.regional.posts_reckoned.v1", "region"))[-1]
    assert last == {"month": "2026-10-01", "people": 3, "hundredths": 300}


def test_of_fewer_than_three_people_the_region_hears_no_sum() -> None:
    assert PostsReckoned(month=date(2026, 10, 1), people=2, hundredths=160).for_region() is None
