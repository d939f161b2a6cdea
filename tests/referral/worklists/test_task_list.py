from datetime import timedelta
from typing import Any

import pytest

from services.referral.staff.commands.answer_task import answer_task
from services.referral.worklists.queries.task_list import FamilyTaskLine, FamilyTasks, one_task
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.staff.page_of import ROWS_ON_A_PAGE
from shared.staff.task import AnswerTask
from shared.staff.task_list import TaskFilter, TaskState, WhoseTasks
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.worklists.builders import READER, a_colleague, a_family, a_task, asks, statements_of


async def listed(team: ATeam, asking: Any = None, **chosen: Any) -> list[FamilyTaskLine]:
    async with team.begin(READER) as work:
        return await FamilyTasks(asking or asks()).find(TaskFilter(**chosen)).whole(work.session)


async def test_safety_comes_first_and_then_what_is_due_first(team: ATeam) -> None:
    family_id = await a_family(team)
    for kind in (TaskKind.HAND_OVER, TaskKind.NON_ATTENDANCE, TaskKind.SELF_HARM_ANSWER):
        await a_task(team, family_id, kind)

    tasks = await listed(team)

    assert [task.kind for task in tasks] == [
        TaskKind.SELF_HARM_ANSWER,
        TaskKind.NON_ATTENDANCE,
        TaskKind.HAND_OVER,
    ]
    assert [task.presses for task in tasks] == ["Safety", "", ""]


async def test_a_task_is_overdue_on_the_day_after_it_was_due(team: ATeam) -> None:
    await a_task(team, await a_family(team), TaskKind.SELF_HARM_ANSWER)

    on_time, late = [(await listed(team, asks(today=TODAY + timedelta(days))))[0].overdue for days in (0, 1)]

    assert (on_time, late) == (False, True)


async def test_a_task_is_of_whom_it_was_given_to_or_of_whoever_leads_or_of_everybody(team: ATeam) -> None:
    me, other = await a_colleague(team, "Priya Sample", READER), await a_colleague(team, "Mo Sample")
    mine, theirs, nobodys = [await a_family(team, lead_id=lead) for lead in (me, other, None)]
    await a_task(team, mine, detail="my family's")
    await a_task(team, theirs, detail="their family's")
    await a_task(team, theirs, detail="given to me", assigned_to=me)
    await a_task(team, mine, detail="given to them", assigned_to=other)
    await a_task(team, nobodys, detail="anyone's")

    my_tasks = {task.detail: task.responsible_name for task in await listed(team, whose=WhoseTasks.MINE)}

    assert my_tasks == {"my family's": "Priya Sample", "given to me": "Priya Sample", "anyone's": None}
    assert len(await listed(team)) == 5


async def test_a_task_stays_after_the_work_ended(team: ATeam) -> None:
    family_id = await a_family(team, ended_on=TODAY, ending="completed")
    await a_task(team, family_id)

    (task,) = await listed(team)

    assert (task.reference, task.responsible_name, task.family.babies) == (None, None, "Shannon Example")


async def test_answered_tasks_can_be_looked_up_the_newest_first(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    first, second = await a_task(team, family_id), await a_task(team, family_id, TaskKind.SUPERVISION)
    for minute, task_id in enumerate((first, second)):
        team.now = NOW + timedelta(minutes=minute)
        async with team.begin(READER) as work:
            await answer_task(AnswerTask(task_id, 1, "Spoke with Leonie."), work)

    answered = await listed(team, state=TaskState.ANSWERED)

    assert [task.task_id for task in answered] == [second, first]
    assert (answered[0].answer, answered[0].answered_by_name) == ("Spoke with Leonie.", "Priya Sample")
    assert await listed(team) == []
    assert me == READER.id


async def test_tasks_can_be_of_one_kind(team: ATeam) -> None:
    family_id = await a_family(team)
    await a_task(team, family_id)
    await a_task(team, family_id, TaskKind.SUPERVISION)

    assert [task.kind for task in await listed(team, kind=TaskKind.SUPERVISION)] == [TaskKind.SUPERVISION]


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.PRACTITIONER, TaskKind.RISK_NOTE, True),
        (Role.TEAM_LEAD, TaskKind.RISK_NOTE, True),
        (Role.TEAM_ADMINISTRATOR, TaskKind.RISK_NOTE, False),
        (Role.PRACTITIONER, TaskKind.BREAK_GLASS_REVIEW, False),
        (Role.TEAM_LEAD, TaskKind.BREAK_GLASS_REVIEW, True),
    ],
)
async def test_the_page_knows_who_may_answer(team: ATeam, role: Role, kind: TaskKind, *, may: bool) -> None:
    task_id = await a_task(team, await a_family(team), kind)

    async with team.begin(READER) as work:
        task = await one_task(work, asks(actor=an_actor(role)), task_id)

    assert task.may_answer is may


async def test_a_task_of_another_team_is_not_found(team: ATeam) -> None:
    async with team.begin(READER) as work:
        with pytest.raises(NotFound):
            await one_task(work, asks(), new_id())


async def test_a_long_list_costs_one_statement(team: ATeam) -> None:
    family_id = await a_family(team)
    for _ in range(ROWS_ON_A_PAGE + 1):
        await a_task(team, family_id)

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            listing = FamilyTasks(asks()).find(TaskFilter())
            pages = [await listing.page(work.session, number) for number in (1, 2)]
            lines = await listing.whole(work.session)

    assert [(len(page.rows), page.total) for page in pages] == [(25, 26), (1, 26)]
    assert lines == [line for page in pages for line in page.rows]
    assert len(sent) == 3


async def test_what_only_the_lead_may_answer_is_not_offered_to_a_practitioner_as_theirs(team: ATeam) -> None:
    await a_task(team, await a_family(team), TaskKind.BREAK_GLASS_REVIEW)
    lead = asks(actor=an_actor(Role.TEAM_LEAD))

    assert await listed(team, whose=WhoseTasks.MINE) == []
    assert len(await listed(team, lead, whose=WhoseTasks.MINE)) == 1
    assert len(await listed(team)) == 1


async def test_safety_and_what_is_overdue_are_listed_by_themselves(team: ATeam) -> None:
    family_id = await a_family(team)
    await a_task(team, family_id)
    await a_task(team, family_id, TaskKind.SUPERVISION)
    next_week = asks(today=TODAY + timedelta(7))

    safety = await listed(team, next_week, state=TaskState.PRESSING)
    overdue = await listed(team, next_week, state=TaskState.OVERDUE)

    assert [task.kind for task in safety] == [TaskKind.RISK_NOTE]
    assert [task.kind for task in overdue] == [TaskKind.RISK_NOTE]


async def test_each_choice_says_how_many_tasks_it_would_show(team: ATeam) -> None:
    me, other = await a_colleague(team, "Priya Sample", READER), await a_colleague(team, "Mo Sample")
    mine, theirs = [await a_family(team, lead_id=lead) for lead in (me, other)]
    await a_task(team, mine)
    await a_task(team, mine, TaskKind.SUPERVISION)
    await a_task(team, theirs)

    async with team.begin(READER) as work:
        of_mine, safety = [
            await FamilyTasks(asks()).counts(work.session, TaskFilter(WhoseTasks.MINE, state))
            for state in (TaskState.OPEN, TaskState.PRESSING)
        ]

    assert of_mine == {
        WhoseTasks.MINE: 2,
        WhoseTasks.TEAM: 3,
        TaskState.OPEN: 2,
        TaskState.PRESSING: 1,
        TaskState.OVERDUE: 0,
    }
    assert (safety[WhoseTasks.MINE], safety[WhoseTasks.TEAM]) == (1, 2)


async def test_a_task_leads_to_what_it_is_about(team: ATeam) -> None:
    family_id = await a_family(team)
    for kind in (TaskKind.RISK_NOTE, TaskKind.SELF_HARM_ANSWER):
        await a_task(team, family_id, kind)

    pages = {task.kind: task.about_page.replace(str(task.about), "about") for task in await listed(team)}

    assert pages == {
        TaskKind.RISK_NOTE: f"/families/{family_id}/risk-notes",
        TaskKind.SELF_HARM_ANSWER: f"/families/{family_id}/measures/about",
    }
