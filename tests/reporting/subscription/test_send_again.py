"""An email that failed is sent again, and a subscription that works again does not say that it failed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.reporting.subscription.commands.send_again import SendAgain, send_again
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.queries.subscription_list import SubscriptionState
from services.reporting.subscription.queries.subscription_record import subscription_record
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from shared.kernel.errors import RuleBroken
from shared.mail import Mail, MailTrouble
from shared.staff.message_sending import send_next
from shared.webhook import Answered, Call
from tests.reporting.subscription.a_subscriber import LEAD, ASubscriber


async def sends(maya: ASubscriber, trouble: Exception | None = None) -> list[str]:
    """All that is due; gives to whom."""
    to: list[str] = []

    async def send(mail: Mail) -> None:
        to.append(mail.to)
        if trouble:
            raise trouble

    queue: Any = DigestMessages
    while await send_next(maya.units, queue, send):
        pass
    return to


async def state_of(maya: ASubscriber, one: UUID) -> SubscriptionState:
    async with maya.units.begin(LEAD) as work:
        return (await subscription_record(one, work)).state


async def told(maya: ASubscriber) -> None:
    await maya.freezes()
    await maya.looks()


@pytest.mark.parametrize("trouble", [MailTrouble("refused"), KeyboardInterrupt()])
async def test_what_failed_or_may_have_left_is_sent_again(maya: ASubscriber, trouble: Any) -> None:
    one = await maya.subscribes(Condition.MONTH_END)
    await told(maya)
    try:
        await sends(maya, trouble)
    except KeyboardInterrupt:  # the process was killed on the way
        maya.now += timedelta(minutes=6)
    await sends(maya)
    failed = await state_of(maya, one)

    number = await maya.does(send_again, SendAgain(one))

    assert (failed, number, await sends(maya)) == (SubscriptionState.FAILED, 1, ["one@place.example"])
    assert await state_of(maya, one) is SubscriptionState.FIRED
    with pytest.raises(RuleBroken, match="none_failed"):
        await maya.does(send_again, SendAgain(one))


async def test_the_next_that_arrives_is_what_its_state_says(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.MONTH_END)
    await told(maya)
    await sends(maya, MailTrouble("refused"))

    await told(maya)
    await sends(maya)

    assert await state_of(maya, one) is SubscriptionState.FIRED


async def test_the_next_that_a_webhook_takes_is_what_its_state_says(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK)
    states: list[SubscriptionState] = []
    for status in (500, 204):

        async def answers(_call: Call, _now: object, status: int = status) -> Answered:
            return Answered(status)

        await told(maya)
        while await call_webhooks(maya.units, answers):
            if status != 204:
                break
        states.append(await state_of(maya, one))

    assert states == [SubscriptionState.FAILED, SubscriptionState.FIRED]
