"""What was done about a child who could come to harm."""

from uuid import UUID

import pytest
from sqlalchemy import select

from services.consultation.database.tables import task
from services.consultation.staff.commands.answer_task import answer_task
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.task import AnswerTask
from tests.consultation.conftest import ANN, PRIYA, AskedTeam


async def task_id_of(asked: AskedTeam) -> UUID:
    async with asked.engine.connect() as connection:
        return (await connection.execute(select(task.c.id))).scalar_one()


async def answer(asked: AskedTeam, words: str = "Ruth told social care at noon.", person: Person = PRIYA) -> None:
    command = AnswerTask(await task_id_of(asked), 1, words)
    async with asked.begin(person) as work:
        await answer_task(command, work)


async def test_somebody_says_what_was_done_and_the_team_is_told_that_it_was(asked: AskedTeam) -> None:
    await answer(asked)

    assert (await asked.published())[-1] == (
        "uk.pairs.consultation.concern_answered.v1",
        {"task_id": str(await task_id_of(asked)), "consultation_id": str(asked.consultation_id)},
    )


async def test_it_needs_words_of_somebody_who_advises(asked: AskedTeam) -> None:
    with pytest.raises(RuleBroken):
        await answer(asked, " ")
    with pytest.raises(NotAllowed):
        await answer(asked, person=ANN)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await answer_task(AnswerTask(new_id(), 1, "Done."), work)
