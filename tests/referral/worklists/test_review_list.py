from datetime import timedelta
from typing import Any

from services.referral.staff.queries.asking import Whose
from services.referral.worklists.queries.review_list import ReviewFilter, ReviewLine, ReviewsDue, review_list
from shared.staff.page_of import ROWS_ON_A_PAGE
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.worklists.builders import READER, a_colleague, a_family, asks, statements_of


async def listed(team: ATeam, **chosen: Any) -> list[ReviewLine]:
    async with team.begin(READER) as work:
        return await review_list(asks(), ReviewFilter(**chosen)).whole(work.session)


async def test_the_longest_overdue_review_comes_first(team: ATeam) -> None:
    for days in (-3, 28, -30, 0, 29):
        await a_family(team, review_on=TODAY + timedelta(days))

    assert [line.days_over for line in await listed(team)] == [30, 3, 0, 0]
    assert [line.days_over for line in await listed(team, due=ReviewsDue.OVERDUE)] == [30, 3]
    assert len(await listed(team, due=ReviewsDue.ALL)) == 5


async def test_reviews_are_of_ones_own_families_or_the_teams(team: ATeam) -> None:
    await a_family(team, review_on=TODAY, lead_id=await a_colleague(team, "Priya Sample", READER), contacts_attended=7)
    await a_family(team, review_on=TODAY)

    mine = await listed(team, whose=Whose.MINE)

    assert [(line.lead_name, line.contacts_attended) for line in mine] == [("Priya Sample", 7)]
    assert len(await listed(team)) == 2


async def test_work_that_ended_has_no_review(team: ATeam) -> None:
    await a_family(team, review_on=TODAY - timedelta(5), ended_on=TODAY, ending="completed")

    assert await listed(team, due=ReviewsDue.ALL) == []


async def test_a_long_list_costs_one_statement(team: ATeam) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        await team.accepts()

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            chosen = ReviewFilter(due=ReviewsDue.ALL)
            listing = review_list(asks(), chosen)
            pages = [await listing.page(work.session, number) for number in (1, 2)]
            lines = await listing.whole(work.session)

    assert [(len(page.rows), page.total) for page in pages] == [(25, 26), (1, 26)]
    assert lines == [line for page in pages for line in page.rows]
    assert len(sent) == 3
