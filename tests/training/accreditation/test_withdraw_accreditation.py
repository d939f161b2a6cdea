"""What was granted by mistake is withdrawn."""

import pytest

from services.training.accreditation.commands.withdraw_accreditation import (
    WithdrawAccreditation,
    withdraw_accreditation,
)
from shared.kernel.errors import Conflict, NotAllowed
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import LEAD, TRAINER, OnTheWay


async def test_others_hear_that_it_counts_for_nothing_and_only_the_lead_may(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    asked = WithdrawAccreditation(await way.granted(), 1, "Another person was meant")

    with pytest.raises(NotAllowed):
        await way.does(TRAINER, withdraw_accreditation, asked)
    await way.does(LEAD, withdraw_accreditation, asked)
    with pytest.raises(Conflict):
        await way.does(LEAD, withdraw_accreditation, asked)

    assert [what for what, _ in await way.told()] == ["completed", "withdrawn"]
    assert (await way.now()).standing.held is None
