from datetime import timedelta

import pytest
from sqlalchemy import func, select

from services.referral.database.intake_tables import promise
from services.referral.intake.commands.answer_callback import AnswerCallback, answer_callback
from services.referral.intake.commands.leave_number import LeaveNumber
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.timers.destroy_old_callbacks import destroy_old_callbacks
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, public_form
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.intake.test_leave_number import LEFT, leaves

PRACTITIONER = an_actor(Role.PRACTITIONER)
ANSWER = "She is at her sister's. A referral follows."


async def answers(team: ATeam, command: AnswerCallback, actor: Actor = PRACTITIONER) -> None:
    async with team.begin(actor) as work:
        await answer_callback(command, work)


async def test_what_came_of_a_number_is_kept_and_it_no_longer_waits(team: ATeam) -> None:
    callback = await leaves(team, LeaveNumber(new_id(), LEFT))

    await answers(team, AnswerCallback(callback.id, 1, ANSWER))

    async with team.begin(PRACTITIONER) as work:
        stored = await Callbacks(work).get(callback.id)
        assert await Callbacks(work).open() == []
    assert (stored.answer, stored.answered_by, stored.answered_at) == (ANSWER, PRACTITIONER.id, NOW)
    assert (await team.audited())[-1] == ("callback.answer", callback.id)


async def test_only_one_of_two_colleagues_answers_and_the_other_is_told(team: ATeam) -> None:
    callback = await leaves(team, LeaveNumber(new_id(), LEFT))
    await answers(team, AnswerCallback(callback.id, 1, ANSWER))

    with pytest.raises(Conflict, match="callback_answered"):
        await answers(team, AnswerCallback(callback.id, 1, "Nobody answered."))


async def test_two_years_after_the_answer_nothing_is_left_of_a_number_but_that_it_was(team: ATeam) -> None:
    answered, waiting = [await leaves(team, LeaveNumber(new_id(), LEFT)) for _ in range(2)]
    async with team.begin(public_form()) as work:
        await make_promise(MakePromise(PromiseKind.DANGER_SAID, NOW, answered.id), work)
    await answers(team, AnswerCallback(answered.id, 1, ANSWER))
    team.now = NOW + timedelta(days=730)
    early = await destroy_old_callbacks(team.units)
    team.now += timedelta(days=2)

    assert (early, await destroy_old_callbacks(team.units), await destroy_old_callbacks(team.units)) == (0, 1, 0)

    async with team.begin(PRACTITIONER) as work:
        assert [one.id for one in await Callbacks(work).open()] == [waiting.id]
        with pytest.raises(NotFound):
            await Callbacks(work).get(answered.id)
        assert await work.session.scalar(select(func.count()).select_from(promise)) == 0
    assert (await team.audited())[-1] == ("callback.destroy", answered.id)


async def test_nobody_from_outside_answers_and_nothing_is_no_answer(team: ATeam) -> None:
    callback = await leaves(team, LeaveNumber(new_id(), LEFT))

    with pytest.raises(NotAllowed):
        await answers(team, AnswerCallback(callback.id, 1, ANSWER), public_form())
    with pytest.raises(RuleBroken, match="callback_answer"):
        await answers(team, AnswerCallback(callback.id, 1, " "))
    with pytest.raises(NotFound, match="callback_not_found"):
        await answers(team, AnswerCallback(new_id(), 1, ANSWER))
