"""What was recorded by mistake is withdrawn."""

import pytest

from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from shared.contracts.training import TrainingCompleted, TrainingExpired, TrainingWithdrawn
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed
from tests.training.a_course import LEAD, TeachingTeam


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
