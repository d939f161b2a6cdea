"""Somebody leaves supervision before its end."""

from datetime import date

import pytest

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.commands.note_early_leaving import NoteEarlyLeaving, note_early_leaving
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM

GROUP = date(2026, 9, 24)


async def leaves(
    team: SupervisedTeam, minutes: int, *, on: date = GROUP, who: object = PRIYA, by: object = PRIYA, version: int = 0
) -> None:
    session_id = team.sessions[on]
    [row] = [row for row in await team.rows(supervision_session) if row.id == session_id]
    async with team.begin(by) as work:
        await note_early_leaving(NoteEarlyLeaving(session_id, who.id, minutes, version or row.version), work)


async def test_their_own_minutes_count_and_nobody_elses_change(team: SupervisedTeam) -> None:
    await leaves(team, 20)

    assert await team.balance() == -115
    assert sorted((await team.minutes_told())[-2:]) == [("Priya", 20), ("Tom", 60)]


@pytest.mark.parametrize("minutes", [0, -1, 61])
async def test_minutes_are_at_least_one_and_at_most_those_that_it_lasted(team: SupervisedTeam, minutes: int) -> None:
    with pytest.raises(RuleBroken):
        await leaves(team, minutes)


async def test_only_of_who_was_there_in_one_that_was_held(team: SupervisedTeam) -> None:
    with pytest.raises(RuleBroken):
        await leaves(team, 20, who=BETH)
    with pytest.raises(RuleBroken):
        await leaves(team, 20, on=date(2026, 12, 3))


async def test_only_those_who_are_there_and_the_lead_note_it(team: SupervisedTeam) -> None:
    with pytest.raises(NotSeen):
        await leaves(team, 20, by=ANN)
    with pytest.raises(Conflict):
        await leaves(team, 20, by=TOM, version=99)
    with pytest.raises(NotFound):
        async with team.begin(PRIYA) as work:
            await note_early_leaving(NoteEarlyLeaving(new_id(), PRIYA.id, 20, 1), work)
