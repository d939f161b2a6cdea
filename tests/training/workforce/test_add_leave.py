"""Somebody is away for long."""

from datetime import date, timedelta

import pytest

from services.training.database.workforce_tables import leave
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.queries.people_list import PeopleChip, PeopleFilter, people_list
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam


async def test_whoever_is_away_is_on_the_list_of_long_leave_until_the_day_they_are_back(trained: TrainedTeam) -> None:
    command = AddLeave(new_id(), trained.other_id, TODAY, TODAY + timedelta(1))
    async with trained.begin() as work:
        await add_leave(command, work)
        await add_leave(command, work)
    async with trained.begin() as work:
        away = await people_list(work, PeopleFilter(PeopleChip.ON_LEAVE)).whole(work.session)

    assert [(one.person_id, one.on_leave_until) for one in away] == [(trained.other_id, TODAY + timedelta(1))]
    assert len(await trained.rows(leave, person_id=trained.other_id)) == 1


async def test_a_day_back_that_is_not_after_the_first_one_is_refused(trained: TrainedTeam) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await add_leave(AddLeave(new_id(), trained.other_id, TODAY, TODAY), work)

    assert refused.value.code == "leave_span"


async def test_of_somebody_who_is_not_on_the_register_there_is_no_leave(trained: TrainedTeam) -> None:
    with pytest.raises(NotFound):
        async with trained.begin() as work:
            await add_leave(AddLeave(new_id(), new_id(), date(2026, 1, 1)), work)
