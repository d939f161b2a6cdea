"""A subscription rests until a day."""

from datetime import date

import pytest

from services.reporting.subscription.commands.pause_subscription import PauseSubscription, pause_subscription
from services.reporting.subscription.database.subscription_tables import subscription, subscription_run
from shared.kernel.errors import RuleBroken
from tests.reporting.subscription.a_subscriber import ASubscriber


async def test_it_is_paused_until_a_day_and_goes_on_when_somebody_says_so(maya: ASubscriber) -> None:
    one = await maya.subscribes()
    await maya.does(pause_subscription, PauseSubscription(one, date(2026, 5, 1)))
    [paused] = await maya.rows(subscription)

    await maya.does(pause_subscription, PauseSubscription(one, None))

    assert paused.paused_until == date(2026, 5, 1)
    assert [row.paused_until for row in await maya.rows(subscription)] == [None]
    assert [row.why for row in await maya.rows(subscription_run)][1:] == ["Paused until 1 May 2026.", "It goes on."]


async def test_a_day_that_has_come_is_refused(maya: ASubscriber) -> None:
    one = await maya.subscribes()

    with pytest.raises(RuleBroken, match="pause_day"):
        await maya.does(pause_subscription, PauseSubscription(one, maya.now.date()))
