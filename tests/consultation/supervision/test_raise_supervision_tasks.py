"""Whoever falls behind with supervision is somebody's task."""

import re
from datetime import date
from typing import Any

import pytest

from services.consultation.contents import SERVICE
from services.consultation.database.supervision_tables import supervisee
from services.consultation.database.tables import task
from services.consultation.staff.commands.answer_task import answer_task
from services.consultation.staff.queries.task_list import ConsultationTasks
from services.consultation.supervision.timers.raise_supervision_tasks import raise_supervision_tasks
from shared.kernel.errors import NotSeen
from shared.staff.task import AnswerTask
from shared.staff.task_list import TaskFilter
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of, signs_in
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, a_meeting


async def seen_by(team: SupervisedTeam, person: Any) -> set[str]:
    """Whose supervision the tasks are about that they see."""
    async with team.begin(person) as work:
        lines = await ConsultationTasks(work.actor, work.now).find(TaskFilter()).whole(work.session)
    return {line.colleague_name.split()[0] for line in lines}


async def priyas(team: SupervisedTeam) -> list[Any]:
    return [row for row in await team.rows(task) if row.subject_id == PRIYA.id]


async def test_it_is_raised_once_for_their_supervisor_however_often_it_is_looked(team: SupervisedTeam) -> None:
    assert await raise_supervision_tasks(team.units) == 3
    assert await raise_supervision_tasks(team.units) == 0

    [its] = await priyas(team)
    assert (its.assigned_to, its.due_on) == (BETH.id, date(2026, 12, 3))
    assert its.detail == "75 minutes are missing over the last 84 days."
    told = await team.told("uk.pairs.supervision.fell_behind.v1")
    assert {"task_id": str(its.id), "colleague_id": str(PRIYA.id)} in told
    assert await team.told("uk.pairs.supervision.fell_behind.v1", "region") == []


async def test_only_the_supervisor_and_the_lead_see_it(team: SupervisedTeam) -> None:
    await raise_supervision_tasks(team.units)

    assert await seen_by(team, BETH) == {"Priya"}
    assert await seen_by(team, TOM) == {"Priya", "Tom", "Beth"}
    assert await seen_by(team, PRIYA) == await seen_by(team, ANN) == set()


async def test_it_is_answered_by_them_and_by_nobody_else(team: SupervisedTeam) -> None:
    await raise_supervision_tasks(team.units)
    [its] = await priyas(team)

    with pytest.raises(NotSeen):
        async with team.begin(PRIYA) as work:
            await answer_task(AnswerTask(its.id, its.version, "I am fine."), work)
    async with team.begin(BETH) as work:
        await answer_task(AnswerTask(its.id, its.version, "Two hours are booked."), work)

    assert await team.told("uk.pairs.supervision.seen_to.v1") == [
        {"task_id": str(its.id), "colleague_id": str(PRIYA.id)}
    ]


async def test_whoever_falls_behind_again_is_a_task_again(team: SupervisedTeam) -> None:
    await raise_supervision_tasks(team.units)
    await team.holds(a_meeting(date(2026, 11, 25)))
    assert await raise_supervision_tasks(team.units) == 0
    assert {row.id: row.behind_since for row in await team.rows(supervisee)}[PRIYA.id] is None

    team.now = team.now.replace(month=12, day=3)
    assert await raise_supervision_tasks(team.units) == 1
    assert len(await priyas(team)) == 2


async def test_an_hour_less_a_minute_is_nobodys_task(team: SupervisedTeam) -> None:
    await team.holds(a_meeting(date(2026, 11, 25), minutes=16))

    await raise_supervision_tasks(team.units)

    assert await team.balance() == -59
    assert await priyas(team) == []


async def test_an_hour_is(team: SupervisedTeam) -> None:
    await team.holds(a_meeting(date(2026, 11, 25), minutes=15))

    await raise_supervision_tasks(team.units)

    assert await team.balance() == -60
    assert len(await priyas(team)) == 1


async def test_the_menu_says_how_many_are_behind_to_the_lead_and_to_nobody_else(team: SupervisedTeam) -> None:
    await raise_supervision_tasks(team.units)
    app = pages_of(SERVICE, team.engine, lambda: team.now)

    for person, counts in ((TOM, ["3"]), (BETH, [])):
        async with client_of(app) as client:
            await signs_in(client, person)
            page = (await client.get("/supervision")).text
        assert re.findall(r'href="/supervision"[^>]*>Supervision<span class="pairs-count">(\d+)', page) == counts
