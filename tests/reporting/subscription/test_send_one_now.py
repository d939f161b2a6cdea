"""Somebody wants one now, beside what is due."""

from uuid import UUID

import pytest

from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.database.subscription_tables import delivery, message, subscriber, watched_cell
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.kernel.errors import NotFound, RuleBroken
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber


async def test_it_is_sent_to_the_one_who_asks_and_what_is_due_comes_all_the_same(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, addresses=["one@place.example", "two@place.example"])
    await maya.freezes(preston=LOW)
    [to] = await maya.rows(subscriber, address="two@place.example")
    before = await maya.rows(watched_cell)

    await maya.does(send_one_now, SendOneNow(one, to.id))
    first = [row.address for row in await maya.rows(message)]

    assert first == ["two@place.example"]
    assert await maya.rows(watched_cell) == before
    assert [outcome for outcome, _ in await maya.looks()] == [RunOutcome.FIRED]
    assert len(await maya.rows(message)) == 3


async def test_over_a_channel_of_programs_it_goes_once(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.STREAM)

    await maya.does(send_one_now, SendOneNow(one))

    assert [row.position for row in await maya.rows(delivery)] == [1]


async def test_what_sends_nothing_and_whom_it_does_not_know_is_refused(maya: ASubscriber) -> None:
    page = await maya.subscribes(channel=Channel.PAGE)
    mail = await maya.subscribes()

    with pytest.raises(RuleBroken, match="nothing_sent"):
        await maya.does(send_one_now, SendOneNow(page))
    with pytest.raises(NotFound):
        await maya.does(send_one_now, SendOneNow(mail, UUID(int=1)))
