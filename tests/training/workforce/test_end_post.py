"""Somebody leaves where they work."""

from datetime import date, timedelta

import pytest

from services.training.workforce.commands.end_post import EndPost, end_post
from services.training.workforce.queries.people_list import PeopleChip, PeopleFilter, people_list
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam


async def names(trained: TrainedTeam, chip: PeopleChip) -> list[str]:
    async with trained.begin() as work:
        return [one.name for one in await people_list(work, PeopleFilter(chip)).whole(work.session)]


@pytest.mark.parametrize(("last_on", "at_work"), [(TODAY, 2), (TODAY - timedelta(1), 1)])
async def test_the_last_day_counts_and_the_day_after_does_not(
    trained: TrainedTeam, last_on: date, at_work: int
) -> None:
    async with trained.begin() as work:
        await end_post(EndPost(trained.person_id, last_on, 1), work)

    assert len(await names(trained, PeopleChip.AT_WORK)) == at_work
    assert len(await names(trained, PeopleChip.LEFT)) == 2 - at_work


async def test_a_last_day_before_the_first_one_is_refused(trained: TrainedTeam) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await end_post(EndPost(trained.person_id, date(2024, 8, 31), 1), work)

    assert refused.value.field == "last_on"


async def test_a_job_that_was_changed_or_is_not_there_is_refused(trained: TrainedTeam) -> None:
    for command, kind in ((EndPost(trained.person_id, TODAY, 9), Conflict), (EndPost(new_id(), TODAY, 1), NotFound)):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await end_post(command, work)
