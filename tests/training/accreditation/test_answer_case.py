"""A supervisor signs a case off, or sends it back; whether they may is asked when they do."""

import pytest
from sqlalchemy import update

from services.training.accreditation.domain.supervised_case import CameBackWhy, CaseState
from services.training.accreditation.timers.send_back_cases import send_back_cases
from services.training.contents import SERVICE
from shared.contracts.training_task import TrainingTask
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed
from shared.staff.tables import colleague
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import LEAD, PRIYA, TRAINER, OnTheWay

KOFI = SERVICE.people[4]


async def test_the_last_signature_that_was_needed_asks_for_the_accreditation_once(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)

    await way.signed(2)
    assert await way.tasks() == []
    await way.signed(2)

    assert await way.tasks() == [(TrainingTask.GRANT, None)]


async def test_only_the_supervisor_who_was_asked_signs_and_only_while_they_may(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    case_id = await way.records()

    for somebody in (PRIYA, LEAD, KOFI):
        with pytest.raises(NotAllowed):
            await way.answers(case_id, who=somebody)
    async with teaching.engine.begin() as connection:
        roles = update(colleague).where(colleague.c.id == TRAINER.id).values(roles=[Role.PRACTITIONER])
        await connection.execute(roles)
    with pytest.raises(NotAllowed):
        await way.answers(case_id)


async def test_what_was_sent_back_is_its_owners_to_change_and_is_not_signed_meanwhile(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    case_id = await way.records()

    await way.answers(case_id, comes_back=CameBackWhy.NOT_READY)

    assert await way.tasks() == [(TrainingTask.CAME_BACK, PRIYA.id)]
    with pytest.raises(Conflict):
        await way.answers(case_id, version=2)


async def test_when_a_supervisor_stops_their_open_cases_come_back_by_themselves(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.answers(await way.records())
    await way.records()
    assert await send_back_cases(teaching.units) == 0
    async with teaching.engine.begin() as connection:
        await connection.execute(update(colleague).where(colleague.c.id == TRAINER.id).values(roles=[]))

    assert (await send_back_cases(teaching.units), await send_back_cases(teaching.units)) == (1, 0)

    assert [one.state for one in (await way.now()).cases] == [CaseState.SIGNED, CaseState.CAME_BACK]
    assert await way.tasks() == [(TrainingTask.CAME_BACK, PRIYA.id)]
