from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.database.tasks import Tasks
from services.referral.staff.domain.task import TASK_RULES
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import system
from shared.kernel.identifiers import new_id
from shared.staff.task import AnswerTask, Task
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)


async def raised(team: ATeam, family_id: UUID, kind: TaskKind = TaskKind.RISK_NOTE, **changes: Any) -> UUID | None:
    async with team.begin(system()) as work:
        return await raise_task(RaiseTask(family_id, kind, **changes), work)


async def stored(team: ATeam, task_id: UUID | None) -> Task[TaskKind]:
    assert task_id is not None
    async with team.begin(PRACTITIONER) as work:
        return await Tasks(work).get(task_id)


async def test_a_task_is_stored_with_the_day_on_which_it_is_due(team: ATeam) -> None:
    family = await team.accepts()

    task_id = await raised(team, family.family_id, detail="Item 10 was answered with 2.", episode_id=family.episode_id)

    task = await stored(team, task_id)
    assert (task.kind, task.due_on, task.detail) == (
        TaskKind.RISK_NOTE,
        date(2026, 3, 2),
        "Item 10 was answered with 2.",
    )
    assert (task.more["episode_id"], task.answer, task.version) == (family.episode_id, None, 1)
    assert (await team.published())[-1] == (
        "uk.pairs.task.raised.v1",
        {"task_id": str(task_id), "family_id": str(family.family_id), "kind": "risk_note"},
    )
    assert (await team.audited())[-1] == ("task.raise", family.family_id)


async def test_an_answer_about_self_harm_is_due_on_the_same_day_at_a_weekend_too(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    team.now = datetime(2026, 3, 7, 18, 0, tzinfo=UTC)

    task = await stored(team, await raised(team, family_id, TaskKind.SELF_HARM_ANSWER))

    assert task.due_on == date(2026, 3, 7)


async def test_there_is_one_task_of_a_kind_about_one_thing_even_after_it_was_answered(team: ATeam) -> None:
    family_id, about = (await team.accepts()).family_id, new_id()
    first = await raised(team, family_id, about=about)
    assert first is not None

    again = await raised(team, family_id, about=about)
    async with team.begin(PRACTITIONER) as work:
        await answer_task(AnswerTask(first, 1, "Spoke with Leonie today."), work)
    after = await raised(team, family_id, about=about)

    assert (again, after) == (None, None)
    assert [type_ for type_, _ in await team.published()].count("uk.pairs.task.raised.v1") == 1


async def test_another_thing_or_another_kind_is_another_task(team: ATeam) -> None:
    family_id, about = (await team.accepts()).family_id, new_id()

    tasks = [
        await raised(team, family_id, about=about),
        await raised(team, family_id, about=new_id()),
        await raised(team, family_id, TaskKind.SUPERVISION, about=about),
        await raised(team, family_id),
        await raised(team, family_id),
    ]

    assert None not in tasks
    assert len(set(tasks)) == 5


async def test_a_task_is_about_a_family_on_record(team: ATeam) -> None:
    with pytest.raises(IntegrityError):
        await raised(team, new_id())


def test_every_kind_of_task_has_a_rule() -> None:
    assert set(TASK_RULES.of) == set(TaskKind)
    assert TODAY.weekday() == 0
