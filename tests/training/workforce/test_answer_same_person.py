"""Somebody says who is meant by a row."""

import pytest

from services.training.database.workforce_tables import person, post
from services.training.workforce.commands.answer_same_person import AnswerSamePerson, answer_same_person
from services.training.workforce.domain.import_plan import Outcome
from services.training.workforce.domain.register import LEFT_OUT, SOMEBODY_ELSE
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TrainedTeam
from tests.training.workforce.importing import preview, sends, stores

ROW = "Grange Park,777,Ruth,Bennett,,GP or practice nurse,,"


@pytest.mark.parametrize(("answer", "people", "posts"), [("same", 2, 3), (SOMEBODY_ELSE, 3, 3), (LEFT_OUT, 2, 2)])
async def test_the_row_is_of_whom_they_say_and_the_next_file_asks_no_more(
    trained: TrainedTeam, answer: str, people: int, posts: int
) -> None:
    import_id = await sends(trained, ROW)
    said = str(trained.person_id) if answer == "same" else answer
    async with trained.begin() as work:
        await answer_same_person(AnswerSamePerson(import_id, 2, said), work)
    await stores(trained, import_id)

    assert (len(await trained.rows(person)), len(await trained.rows(post))) == (people, posts)
    if answer != LEFT_OUT:
        plan = await preview(trained, await sends(trained, ROW))
        assert [line.outcome for line in plan.lines] == [Outcome.UNCHANGED]


async def test_another_answer_no_file_and_one_that_is_stored_are_refused(trained: TrainedTeam) -> None:
    import_id = await sends(trained, ROW)
    for command, kind in (
        (AnswerSamePerson(import_id, 2, "perhaps"), RuleBroken),
        (AnswerSamePerson(new_id(), 2, LEFT_OUT), NotFound),
    ):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await answer_same_person(command, work)
    async with trained.begin() as work:
        await answer_same_person(AnswerSamePerson(import_id, 2, LEFT_OUT), work)
    await stores(trained, import_id)
    with pytest.raises(RuleBroken):
        async with trained.begin() as work:
            await answer_same_person(AnswerSamePerson(import_id, 2, LEFT_OUT), work)
