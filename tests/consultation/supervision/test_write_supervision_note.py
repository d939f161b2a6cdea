"""The notes of supervision, which the two alone read."""

from datetime import date
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_note, supervision_session
from services.consultation.supervision.commands.change_supervision import ChangeSupervision, change_supervision
from services.consultation.supervision.commands.write_supervision_note import (
    WriteSupervisionNote,
    write_supervision_note,
)
from services.consultation.supervision.database.notes import SupervisionNotes
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from shared.outbox.tables import outbox
from shared.staff.tables import earlier_version
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, a_meeting

WORDS = "We talked of how hard it is to leave that flat."
ON, GROUP = date(2026, 10, 29), date(2026, 9, 24)


async def writes(
    team: SupervisedTeam, words: str = WORDS, *, by: Any = BETH, on: date = ON, whose: Any = PRIYA, seen: int = 0
) -> None:
    async with team.begin(by) as work:
        await write_supervision_note(WriteSupervisionNote(team.sessions[on], whose.id, words, seen), work)


async def reads(team: SupervisedTeam, by: Any, *, on: date = ON, whose: Any = PRIYA) -> str:
    async with team.begin(by) as work:
        return (await SupervisionNotes(work).get(team.sessions[on], whose.id)).words


async def test_either_of_the_two_writes_and_both_read(team: SupervisedTeam) -> None:
    await writes(team)
    await writes(team, f"{WORDS} And of Friday.", by=PRIYA, seen=1)

    assert await reads(team, BETH) == await reads(team, PRIYA) == f"{WORDS} And of Friday."
    [kept] = [row for row in await team.rows(earlier_version) if row.kind == "supervision_note"]
    assert kept.content == {"words": WORDS}


@pytest.mark.parametrize("person", [TOM, ANN])
async def test_nobody_else_reads_or_writes_whatever_their_role(team: SupervisedTeam, person: Any) -> None:
    await writes(team)

    with pytest.raises(NotSeen):
        await reads(team, person)
    with pytest.raises(NotSeen):
        await writes(team, by=person, seen=1)


async def test_in_a_group_each_has_notes_of_their_own_with_the_supervisor(team: SupervisedTeam) -> None:
    await writes(team, on=GROUP)

    assert await reads(team, PRIYA, on=GROUP) == WORDS
    assert await reads(team, TOM, on=GROUP, whose=TOM) == ""
    with pytest.raises(NotSeen):
        await reads(team, TOM, on=GROUP)


async def test_whoever_makes_themselves_the_supervisor_afterwards_opens_no_note_that_was_written(
    team: SupervisedTeam,
) -> None:
    await writes(team)
    [row] = [row for row in await team.rows(supervision_session) if row.id == team.sessions[ON]]
    mine = a_meeting(ON, supervisor_id=TOM.id)
    async with team.begin(TOM) as work:
        await change_supervision(ChangeSupervision(row.id, row.version, mine), work)

    with pytest.raises(NotSeen):
        await reads(team, TOM)
    async with team.begin(TOM) as work:
        session = (await team.record()).sessions
        assert [await SupervisionNotes(work).open_in(one) for one in session if one.id == row.id] == [frozenset()]
    assert await reads(team, BETH) == WORDS


async def test_not_a_word_of_them_leaves(team: SupervisedTeam) -> None:
    await writes(team)

    async with team.begin(PRIYA) as work:
        bodies = str((await work.session.execute(outbox.select())).all())
    assert "flat" not in bodies


async def test_what_the_other_one_wrote_meanwhile_is_not_written_over(team: SupervisedTeam) -> None:
    await writes(team)

    with pytest.raises(Conflict):
        await writes(team, "Other words.", by=PRIYA)
    assert [row.words for row in await team.rows(supervision_note)] == [WORDS]


async def test_it_says_something_of_a_session_that_there_is(team: SupervisedTeam) -> None:
    with pytest.raises(RuleBroken):
        await writes(team, " \n")
    with pytest.raises(NotFound):
        await writes(team, whose=TOM)
    with pytest.raises(NotFound):
        async with team.begin(PRIYA) as work:
            await write_supervision_note(WriteSupervisionNote(new_id(), PRIYA.id, WORDS, 0), work)
