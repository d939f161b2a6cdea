"""An action goes to somebody else, or has another day."""

from datetime import timedelta

import pytest

from services.reporting.dashboard.commands.hand_over_action import HandOverAction, hand_over_action
from services.reporting.dashboard.domain.action import ActionState
from shared.kernel.errors import Conflict, RuleBroken
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.an_action import JO, TODAY, agreed, states, two_teams
from tests.reporting.dashboard.conftest import LEAD_ID


@pytest.fixture(autouse=True)
async def teams(work: UnitOfWork, feed: Feed) -> None:
    await two_teams(work, feed)


async def test_it_goes_to_somebody_else_with_another_day_once_and_not_to_a_day_that_has_gone(work: UnitOfWork) -> None:
    made = await agreed(work)
    await hand_over_action(HandOverAction(made, 1, JO, TODAY + timedelta(days=30)), work)

    assert await states(work, TODAY) == [("Jo Marsh", ActionState.OPEN)]
    with pytest.raises(Conflict):
        await hand_over_action(HandOverAction(made, 1, LEAD_ID, TODAY), work)
    with pytest.raises(RuleBroken) as refused:
        await hand_over_action(HandOverAction(made, 2, JO, TODAY - timedelta(days=1)), work)
    assert refused.value.code == "due_day"
