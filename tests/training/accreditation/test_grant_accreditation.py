"""An accreditation, and not the taught days, says who may lead an intervention; it ends, and is renewed."""

from datetime import UTC, date, datetime

import pytest

from services.training.accreditation.timers.ask_for_renewals import ask_for_renewals
from services.training.accreditation.timers.expire_accreditations import expire_accreditations
from services.training.accreditation.timers.tell_accredited import tell_accredited
from services.training.certificates.timers.expire_trainings import expire_trainings
from services.training.certificates.timers.tell_holders import tell_holders
from services.training.contents import SERVICE
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import LEAD, PRIYA, TRAINER, OnTheWay

KOFI = SERVICE.people[4]


async def test_others_hear_of_a_training_when_it_is_granted_and_not_after_the_taught_days(
    teaching: TeachingTeam,
) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(2)
    with pytest.raises(RuleBroken):
        await way.granted()
    assert await way.told() == []
    await way.signed(1)

    accreditation_id = await way.granted()

    [(what, said)] = await way.told()
    assert what == "completed"
    assert (said["completion_id"], said["colleague_id"], said["course"]) == (
        str(accreditation_id),
        str(PRIYA.id),
        "VIG",
    )
    assert (said["held_from"], said["until_on"]) == ("2026-08-03", "2029-08-03")
    assert await way.tasks() == []


async def test_nobody_grants_their_own_and_a_practitioner_grants_none(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    await way.links(LEAD)

    for somebody in (PRIYA, LEAD):
        with pytest.raises(NotAllowed):
            await way.granted(who=somebody)
    await way.granted(who=TRAINER)


async def test_it_expires_once_on_londons_day_and_then_all_is_needed_again(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    await way.granted()
    teaching.now = datetime(2029, 8, 2, 22, 59, tzinfo=UTC)
    assert await expire_accreditations(teaching.units) == 0

    teaching.now = datetime(2029, 8, 2, 23, 1, tzinfo=UTC)  # the third, in London
    assert [await expire_accreditations(teaching.units) for _ in range(2)] == [1, 0]
    while await expire_trainings(teaching.units):
        pass

    assert [what for what, _ in await way.told()] == ["completed", "expired"]
    assert (await way.now()).standing.missing == [
        "The taught days are over their date: they go to the course again.",
        "3 supervised cases are still to be signed off.",
    ]


async def test_a_renewal_takes_one_case_and_is_asked_for_within_ninety_days_of_the_end(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    await way.granted()
    way.later(30)
    await way.signed(1)
    assert (await way.tasks(), await ask_for_renewals(teaching.units)) == ([], 0)

    teaching.now = datetime(2029, 5, 5, 12, tzinfo=UTC)
    assert [await ask_for_renewals(teaching.units) for _ in range(2)] == [1, 0]
    assert await way.tasks() == [(TrainingTask.GRANT, None)]
    await way.granted()
    teaching.now = datetime(2029, 8, 4, 12, tzinfo=UTC)
    await expire_accreditations(teaching.units)

    assert [what for what, _ in await way.told()] == ["completed", "completed"]
    held = (await way.now()).standing.held
    assert held
    assert held.until_on == date(2032, 5, 5)


async def test_others_hear_when_it_is_another_accounts_and_nothing_of_the_taught_days(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    await way.granted()
    assert [await tell_accredited(teaching.units), await tell_holders(teaching.units)] == [0, 0]
    await way.links(KOFI)

    assert [await tell_accredited(teaching.units) for _ in range(2)] == [1, 0]
    assert await tell_holders(teaching.units) == 0

    [_, (what, said)] = await way.told()
    assert (what, said["colleague_id"]) == ("holder_changed", str(KOFI.id))
