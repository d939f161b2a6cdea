"""Changing leave, and saying that it was not taken."""

from datetime import date
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_leave
from services.consultation.supervision.commands.change_leave import ChangeLeave, change_leave
from services.consultation.supervision.domain.supervision_owed import Stretch
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, PRIYA

TAKEN = Stretch(date(2026, 10, 12), date(2026, 10, 25))


async def changes(
    team: SupervisedTeam, days: Stretch, *, by: Any = PRIYA, version: int = 1, withdrawn: bool = False
) -> None:
    [row] = await team.rows(supervision_leave)
    async with team.begin(by) as work:
        await change_leave(ChangeLeave(row.id, version, days, was_withdrawn=withdrawn), work)


async def test_leave_that_became_shorter_or_was_not_taken_is_reckoned_again(team: SupervisedTeam) -> None:
    await changes(team, Stretch(date(2026, 10, 12), date(2026, 10, 18)))
    assert (await team.record()).balance.owed == 330

    await changes(team, TAKEN, version=2, withdrawn=True)
    assert (await team.record()).balance.owed == 360
    assert len([row for row in await team.rows(earlier_version) if row.kind == "supervision_leave"]) == 2


async def test_what_somebody_changed_meanwhile_is_not_written_over(team: SupervisedTeam) -> None:
    with pytest.raises(Conflict):
        await changes(team, TAKEN, version=7)


async def test_days_that_cannot_be_meant_are_refused(team: SupervisedTeam) -> None:
    with pytest.raises(RuleBroken):
        await changes(team, Stretch(date(2026, 10, 12), date(2026, 10, 11)))


async def test_nobody_else_changes_it_and_there_must_be_some(team: SupervisedTeam) -> None:
    with pytest.raises(NotSeen):
        await changes(team, TAKEN, by=ANN)
    with pytest.raises(NotFound):
        async with team.begin(PRIYA) as work:
            await change_leave(ChangeLeave(new_id(), 1, TAKEN), work)
