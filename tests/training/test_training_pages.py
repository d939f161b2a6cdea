"""The pages of training, walked by everybody who works with them."""

from shared.testing.page_walk import failing, unreached, wrongly_answered
from tests.training.conftest import TOM, TrainedTeam


async def test_each_page_is_shown_to_who_may_see_it_and_to_nobody_else(trained: TrainedTeam) -> None:
    assert await wrongly_answered(trained.walked) == []


async def test_each_page_is_reached_by_links_and_none_is_refused(trained: TrainedTeam) -> None:
    assert await unreached(trained.walked, by_email=trained.by_email) == []


async def test_whatever_stands_in_an_address_no_page_fails(trained: TrainedTeam) -> None:
    assert await failing(trained.walked) == []


async def test_the_lead_reads_who_looked_at_what(trained: TrainedTeam) -> None:
    await trained.ann.get("/people")

    assert "Looked at the people" in (await trained.walked.clients[TOM].get("/audit")).text
