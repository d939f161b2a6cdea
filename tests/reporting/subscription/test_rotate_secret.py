"""A key is changed without a moment in which nobody can check."""

from datetime import timedelta

import pytest

from services.reporting.subscription.commands.rotate_secret import RotateSecret, rotate_secret
from services.reporting.subscription.database.subscription_tables import subscription
from services.reporting.subscription.domain.subscription import Channel, Subscription
from shared.database.mapping import read_row
from shared.kernel.errors import RuleBroken
from tests.reporting.subscription.a_subscriber import ASubscriber


async def test_a_webhook_is_signed_with_both_for_a_week_and_then_with_the_new_one(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.WEBHOOK)
    [before] = await maya.rows(subscription)
    await maya.does(rotate_secret, RotateSecret(one))

    [row] = await maya.rows(subscription)
    kept = read_row(Subscription, row)
    assert kept.secrets(maya.now) == [row.secret, before.secret]
    assert kept.secrets(maya.now + timedelta(days=8)) == [row.secret]


async def test_an_earlier_key_of_the_api_opens_nothing(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.API)
    await maya.does(rotate_secret, RotateSecret(one))

    [row] = await maya.rows(subscription)
    assert row.earlier_secret == ""


async def test_a_channel_without_a_key_has_none_to_change(maya: ASubscriber) -> None:
    one = await maya.subscribes(channel=Channel.STREAM)

    with pytest.raises(RuleBroken, match="no_key"):
        await maya.does(rotate_secret, RotateSecret(one))
