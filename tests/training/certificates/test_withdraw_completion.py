"""What was recorded by mistake is withdrawn."""

import pytest

from services.training.accreditation.commands.withdraw_accreditation import (
    WithdrawAccreditation,
    withdraw_accreditation,
)
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from shared.contracts.training import TrainingCompleted, TrainingExpired, TrainingWithdrawn
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed
from tests.training.a_course import LEAD, TeachingTeam
from tests.training.accreditation.on_the_way import OnTheWay


async def told(team: TeachingTeam) -> list[str]:
    kinds = {TrainingCompleted.type, TrainingExpired.type, TrainingWithdrawn.type}
    return [one.type.split(".")[3] for one in await team.told() if one.type in kinds]


async def test_what_was_withdrawn_counts_for_nothing_and_only_the_lead_may(teaching: TeachingTeam) -> None:
    completion_id = await teaching.completed(1)
    [held] = await teaching.completions()
    asked = WithdrawCompletion(completion_id, held.version, "Somebody else was there")

    with pytest.raises(NotAllowed):
        async with teaching.work() as work:
            await withdraw_completion(asked, work)
    async with teaching.work(Actor(LEAD.id, LEAD.roles)) as work:
        await withdraw_completion(asked, work)

    assert await told(teaching) == ["completed", "withdrawn"]


async def test_the_lead_is_asked_about_the_accreditation_that_stood_on_the_taught_days(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    accreditation_id = await way.granted()
    taught = (await way.now()).taught

    await way.does(LEAD, withdraw_completion, WithdrawCompletion(taught.id, taught.version, "Somebody else was there"))

    assert await way.tasks() == [("untaught", None)]
    assert (await way.now()).standing.held is not None, "until somebody decides"
    await way.does(LEAD, withdraw_accreditation, WithdrawAccreditation(accreditation_id, 1, "Never taught"))
    assert await way.tasks() == []


async def test_where_nothing_stood_on_them_nobody_is_asked(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    taught = (await way.now()).taught

    await way.does(LEAD, withdraw_completion, WithdrawCompletion(taught.id, taught.version, "Somebody else was there"))

    assert await way.tasks() == []
