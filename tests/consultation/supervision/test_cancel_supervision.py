"""A supervision session that is not held."""

from datetime import date

import pytest

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.commands.cancel_supervision import CancelSupervision, cancel_supervision
from services.consultation.supervision.domain.supervision_session import CancelledBy
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA


async def cancels(team: SupervisedTeam, on: date, *, by: object = BETH, version: int | None = None) -> None:
    session_id = team.sessions[on]
    [row] = [row for row in await team.rows(supervision_session) if row.id == session_id]
    async with team.begin(by) as work:
        await cancel_supervision(CancelSupervision(session_id, version or row.version, CancelledBy.SUPERVISOR), work)


async def test_what_was_booked_and_is_cancelled_gives_nothing_and_is_told_to_nobody(team: SupervisedTeam) -> None:
    before = len(await team.minutes_told())

    await cancels(team, date(2026, 12, 3))

    assert len((await team.record()).booked) == 1
    assert len(await team.minutes_told()) == before


async def test_what_was_recorded_as_held_and_was_not_counts_as_nothing(team: SupervisedTeam) -> None:
    await cancels(team, date(2026, 10, 29))

    assert await team.balance() == -135
    assert (await team.minutes_told())[-1] == ("Priya", 0)


async def test_it_is_cancelled_once_and_by_who_saw_it_as_it_is(team: SupervisedTeam) -> None:
    on = date(2026, 12, 3)
    with pytest.raises(Conflict):
        await cancels(team, on, version=9)
    await cancels(team, on)
    with pytest.raises(RuleBroken):
        await cancels(team, on)


async def test_only_those_who_are_there_and_the_lead_cancel_it(team: SupervisedTeam) -> None:
    with pytest.raises(NotSeen):
        await cancels(team, date(2026, 12, 3), by=ANN)
    with pytest.raises(NotFound):
        async with team.begin(PRIYA) as work:
            await cancel_supervision(CancelSupervision(new_id(), 1, CancelledBy.OTHER), work)
