"""Recording leave."""

from datetime import date
from typing import Any

import pytest

from services.consultation.supervision.commands.record_leave import RecordLeave, record_leave
from services.consultation.supervision.domain.supervision_owed import Stretch
from shared.kernel.errors import NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM


async def takes(team: SupervisedTeam, first: date, last: date | None, *, by: Any = PRIYA, whose: Any = PRIYA) -> None:
    async with team.begin(by) as work:
        await record_leave(RecordLeave(new_id(), whose.id, Stretch(first, last)), work)


@pytest.mark.parametrize(("last_day", "owed"), [(8, 270), (7, 300)])
async def test_seven_whole_days_count_out_and_six_do_not(team: SupervisedTeam, last_day: int, owed: int) -> None:
    await takes(team, date(2026, 11, 2), date(2026, 11, last_day))

    assert (await team.record()).balance.owed == owed


async def test_leave_whose_end_is_not_known_counts_out_until_it_is(team: SupervisedTeam) -> None:
    await takes(team, date(2026, 1, 1), None)

    balance = (await team.record()).balance
    assert (balance.owed, balance.percent, balance.is_behind) == (0, None, False)


@pytest.mark.parametrize("by", [PRIYA, BETH, TOM])
async def test_they_their_supervisor_and_the_lead_record_it(team: SupervisedTeam, by: Any) -> None:
    await takes(team, date(2026, 11, 2), date(2026, 11, 8), by=by)

    assert (await team.record()).balance.owed == 270


async def test_nobody_else_does(team: SupervisedTeam) -> None:
    with pytest.raises(NotSeen):
        await takes(team, date(2026, 11, 2), None, by=PRIYA, whose=TOM)
    with pytest.raises(NotFound):
        await takes(team, date(2026, 11, 2), None, by=TOM, whose=ANN)


@pytest.mark.parametrize(
    ("first", "last"), [(date(1999, 1, 1), None), (date(2031, 1, 1), None), (date(2026, 5, 2), date(2026, 5, 1))]
)
async def test_days_that_cannot_be_meant_are_refused(team: SupervisedTeam, first: date, last: date | None) -> None:
    with pytest.raises(RuleBroken):
        await takes(team, first, last)
