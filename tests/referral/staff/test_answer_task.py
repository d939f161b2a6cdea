import asyncio
from uuid import UUID

import pytest

from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.database.tasks import Tasks
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.task import AnswerTask, Task, TaskAnswer
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)
LEAD = an_actor(Role.TEAM_LEAD)


async def a_task(team: ATeam, kind: TaskKind = TaskKind.SELF_HARM_ANSWER) -> tuple[UUID, UUID]:
    """The task, and its family."""
    family_id = (await team.accepts()).family_id
    async with team.begin(system()) as work:
        task_id = await raise_task(RaiseTask(family_id, kind, about=new_id()), work)
    assert task_id is not None
    return task_id, family_id


async def give(
    team: ATeam, task_id: UUID, answer: str = "Rang Leonie: safe today.", actor: Actor = PRACTITIONER, seen: int = 1
) -> None:
    async with team.begin(actor) as work:
        await answer_task(AnswerTask(task_id, seen, answer), work)


async def stored(team: ATeam, task_id: UUID) -> Task[TaskKind]:
    async with team.begin(PRACTITIONER) as work:
        return await Tasks(work).get(task_id)


async def test_a_practitioner_says_what_was_done(team: ATeam) -> None:
    task_id, family_id = await a_task(team)

    await give(team, task_id)

    assert (await stored(team, task_id)).answer == TaskAnswer("Rang Leonie: safe today.", PRACTITIONER.id, NOW)
    assert (await team.published())[-1] == (
        "uk.pairs.task.answered.v1",
        {"task_id": str(task_id), "family_id": str(family_id), "kind": "self_harm_answer"},
    )
    assert (await team.audited())[-1] == ("task.answer", family_id)


@pytest.mark.parametrize("answer", ["", "   ", "\n"])
async def test_no_task_is_put_away_without_words(team: ATeam, answer: str) -> None:
    task_id, _ = await a_task(team)

    with pytest.raises(RuleBroken) as refusal:
        await give(team, task_id, answer)

    assert (refusal.value.field, (await stored(team, task_id)).answer) == ("answer", None)


async def test_a_repeated_answer_is_told_of_the_first(team: ATeam) -> None:
    task_id, _ = await a_task(team)
    await give(team, task_id)

    for seen in (1, 2):
        with pytest.raises(Conflict) as refusal:
            await give(team, task_id, "Another answer", seen=seen)

    assert refusal.value.sentence.startswith("Someone answered this on 2 March 2026, 10:30am.")
    assert (await stored(team, task_id)).answer == TaskAnswer("Rang Leonie: safe today.", PRACTITIONER.id, NOW)


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    task_id, _ = await a_task(team)

    with pytest.raises(Conflict):
        await give(team, task_id, seen=7)


async def test_of_two_who_answer_at_the_same_moment_one_is_told(team: ATeam) -> None:
    task_id, _ = await a_task(team)

    results = await asyncio.gather(give(team, task_id), give(team, task_id), return_exceptions=True)

    assert [result is None for result in results].count(True) == 1


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_do_not_answer(team: ATeam, role: Role) -> None:
    task_id, _ = await a_task(team)

    with pytest.raises(NotAllowed) as refusal:
        await give(team, task_id, actor=an_actor(role))

    assert refusal.value.sentence == "A practitioner or the team lead answers this. Ask one of them."


async def test_only_the_lead_reviews_why_a_restricted_record_was_opened(team: ATeam) -> None:
    task_id, _ = await a_task(team, TaskKind.BREAK_GLASS_REVIEW)

    with pytest.raises(NotAllowed) as refusal:
        await give(team, task_id)
    await give(team, task_id, actor=LEAD)

    assert refusal.value.sentence == "The team lead answers this. Ask the team lead to do it."


async def test_a_task_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    task_id, _ = await a_task(other_team)

    with pytest.raises(NotFound):
        await give(team, task_id)
