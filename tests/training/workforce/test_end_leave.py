"""Somebody is back."""

from datetime import date

import pytest

from services.training.database.workforce_tables import leave
from services.training.workforce.commands.end_leave import EndLeave, end_leave
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TrainedTeam


async def test_they_are_back_earlier_than_was_thought(trained: TrainedTeam) -> None:
    async with trained.begin() as work:
        await end_leave(EndLeave(trained.leave_id, date(2025, 5, 1), 1), work)

    assert (await trained.row(leave, id=trained.leave_id)).until_on == date(2025, 5, 1)


async def test_before_they_went_or_of_another_version_or_of_nobody_it_is_refused(trained: TrainedTeam) -> None:
    for command, kind in (
        (EndLeave(trained.leave_id, date(2025, 1, 6), 1), RuleBroken),
        (EndLeave(trained.leave_id, date(2025, 5, 1), 4), Conflict),
        (EndLeave(new_id(), date(2025, 5, 1), 1), NotFound),
    ):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await end_leave(command, work)
