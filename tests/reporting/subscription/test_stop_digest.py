"""Somebody stops emails by the link in them."""

import pytest

from services.reporting.subscription.commands.stop_digest import StopDigest, stop_digest
from services.reporting.subscription.database.subscription_tables import subscriber, subscription
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound
from tests.reporting.subscription.a_subscriber import ASubscriber


async def test_one_leaves_and_the_others_stay_until_nobody_is_left(maya: ASubscriber) -> None:
    await maya.subscribes(addresses=["one@place.example", "two@place.example"])
    ended: list[bool] = []
    for row in await maya.rows(subscriber):
        for _ in range(2):
            await maya.does(stop_digest, StopDigest(row.secret), public_form())
        ended += [one.ended_at is not None for one in await maya.rows(subscription)]

    assert ended == [False, True]


async def test_a_link_that_nobody_was_sent_stops_nothing(maya: ASubscriber) -> None:
    with pytest.raises(NotFound):
        await maya.does(stop_digest, StopDigest("guessed"), public_form())
