"""A subscription ends for good."""

from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.database.subscription_tables import subscriber, subscription
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber


async def test_nothing_of_it_leaves_any_more_and_its_addresses_are_forgotten(maya: ASubscriber) -> None:
    one = await maya.subscribes()
    await maya.does(end_subscription, EndSubscription(one))
    await maya.does(end_subscription, EndSubscription(one))

    await maya.freezes(preston=LOW)

    assert await maya.looks() == []
    assert [row.address for row in await maya.rows(subscriber)] == [""]
    assert [row.why_ended for row in await maya.rows(subscription)] == ["Ended by a regional lead."]
