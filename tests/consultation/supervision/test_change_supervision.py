"""Moving a supervision session, and correcting what is recorded of it."""

from datetime import date, time
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.commands.change_supervision import ChangeSupervision, change_supervision
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.contracts.supervision import SupervisionKind
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, PRIYA, TOM, a_meeting

GROUP = {"kind": SupervisionKind.GROUP, "supervisees": (PRIYA.id, TOM.id)}


async def changes(
    team: SupervisedTeam, on: date, meeting: SupervisionMeeting, *, by: Any = PRIYA, version: int | None = None
) -> None:
    session_id = team.sessions[on]
    [row] = [row for row in await team.rows(supervision_session) if row.id == session_id]
    async with team.begin(by) as work:
        await change_supervision(ChangeSupervision(session_id, version or row.version, meeting), work)


async def test_what_is_booked_is_moved(team: SupervisedTeam) -> None:
    await changes(team, date(2026, 12, 3), a_meeting(date(2026, 12, 1), time(10)))

    [first, _] = (await team.record()).booked
    assert first.meeting.on == date(2026, 12, 1)


async def test_what_was_booked_and_is_over_counts_when_somebody_says_that_it_was_held(team: SupervisedTeam) -> None:
    team.now = team.now.replace(month=12, day=4)
    assert (await team.record()).unsaid != []
    assert await team.balance() == -135

    await changes(team, date(2026, 12, 3), a_meeting(date(2026, 12, 3)))

    assert await team.balance() == -75
    assert (await team.record()).unsaid == []


async def test_a_correction_is_told_to_each_who_was_there_and_what_it_was_is_kept(team: SupervisedTeam) -> None:
    on = date(2026, 10, 29)

    await changes(team, on, a_meeting(on, minutes=30), by=TOM)

    assert await team.balance() == -105
    assert (await team.minutes_told())[-1] == ("Priya", 30)
    [kept] = [row for row in await team.rows(earlier_version) if row.record_id == team.sessions[on]]
    assert kept.content["minutes"] == 60


async def test_who_was_not_there_after_all_had_nothing(team: SupervisedTeam) -> None:
    on = date(2026, 9, 24)

    await changes(team, on, a_meeting(on, supervisees=(TOM.id,)), by=TOM)

    assert await team.balance() == -135
    assert sorted((await team.minutes_told())[-2:]) == [("Priya", 0), ("Tom", 60)]


async def test_whoever_left_early_keeps_their_own_minutes_and_never_more_than_it_lasted(team: SupervisedTeam) -> None:
    on = date(2026, 11, 12)

    await changes(team, on, a_meeting(on, minutes=90))
    assert await team.balance() == -75
    await changes(team, on, a_meeting(on, minutes=30))
    assert await team.balance() == -90


async def test_what_was_cancelled_can_be_held_after_all(team: SupervisedTeam) -> None:
    on = date(2026, 10, 8)

    await changes(team, on, a_meeting(on))

    assert await team.balance() == -15


async def test_what_somebody_changed_meanwhile_is_not_written_over(team: SupervisedTeam) -> None:
    on = date(2026, 10, 29)

    with pytest.raises(Conflict):
        await changes(team, on, a_meeting(on), version=99)


async def test_what_cannot_be_is_refused(team: SupervisedTeam) -> None:
    on = date(2026, 10, 29)

    with pytest.raises(RuleBroken):
        await changes(team, on, a_meeting(on, minutes=0))
    with pytest.raises(RuleBroken):
        await changes(team, on, a_meeting(on, supervisees=(ANN.id,)), by=TOM)
    with pytest.raises(RuleBroken):
        await changes(team, on, a_meeting(on, supervisor_id=new_id()))


async def test_only_those_who_are_there_and_the_lead_change_it(team: SupervisedTeam) -> None:
    on = date(2026, 10, 29)

    with pytest.raises(NotSeen):
        await changes(team, on, a_meeting(on), by=ANN)
    with pytest.raises(NotFound):
        async with team.begin(PRIYA) as work:
            await change_supervision(ChangeSupervision(new_id(), 1, a_meeting(on)), work)
