"""What a webhook missed is sent once more, with the ids that it had."""

from datetime import timedelta

import pytest

from services.reporting.subscription.commands.replay_deliveries import ReplayDeliveries, replay_deliveries
from services.reporting.subscription.database.subscription_tables import delivery
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from shared.kernel.errors import RuleBroken
from shared.webhook import Answered, Call
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber


async def test_the_same_bytes_with_the_same_ids_are_sent_again(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK)
    await maya.freezes(preston=LOW)
    await maya.looks()
    taken: list[Call] = []

    async def takes(call: Call, _now: object) -> Answered:
        taken.append(call)
        return Answered(200)

    await call_webhooks(maya.units, takes)

    number = await maya.does(replay_deliveries, ReplayDeliveries(one, maya.now.date()))
    await call_webhooks(maya.units, takes)

    assert number == 1
    first, again = taken
    assert (first.id, first.body) == (again.id, again.body)
    assert [row.tries for row in await maya.rows(delivery)] == [1]


async def test_nothing_to_send_again_and_no_webhook_are_refused(maya: ASubscriber) -> None:
    hook = await maya.subscribes(channel=Channel.WEBHOOK)
    mail = await maya.subscribes()
    today = maya.now.date()

    with pytest.raises(RuleBroken, match="nothing_told"):
        await maya.does(replay_deliveries, ReplayDeliveries(hook, today - timedelta(days=9)))
    with pytest.raises(RuleBroken, match="no_webhook"):
        await maya.does(replay_deliveries, ReplayDeliveries(mail, today))
