"""Who left signs in no more: what they subscribed to pauses itself, says so, and goes on when they are back."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.publication.database.publication_tables import reader
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    message,
    subscription,
    subscription_run,
)
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from services.reporting.subscription.timers.pause_forgotten import pause_forgotten
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.errors import RuleBroken
from shared.staff.colleagues import Colleagues
from shared.testing.events import Feed
from shared.webhook import Answered
from tests.reporting.subscription.a_subscriber import LEAD, LOW, NOW, ASubscriber

LONG = timedelta(days=181)


@pytest.fixture
async def maya(engine: AsyncEngine, feed: Feed) -> ASubscriber:
    """She signed in when she subscribed."""
    one = ASubscriber(engine, feed)
    await one.begins()
    async with engine.begin() as connection:
        await connection.execute(insert(reader).values(actor_id=LEAD.id, audience="inside", signed_in_at=NOW))
    return one


async def signs_in(maya: ASubscriber) -> None:
    async with maya.engine.begin() as connection:
        await connection.execute(update(reader).values(signed_in_at=maya.now))


async def test_after_half_a_year_it_pauses_itself_and_says_so_once_to_whom_it_writes(maya: ASubscriber) -> None:
    made = await maya.subscribes(Condition.OUTSIDE)
    assert await pause_forgotten(maya.units) == 0

    maya.now += LONG
    assert [await pause_forgotten(maya.units), await pause_forgotten(maya.units)] == [1, 0]

    [*_, last] = await maya.rows(subscription_run, subscription=made)
    assert (last.outcome, last.why) == (
        RunOutcome.CHANGED.value,
        "It paused itself: whoever made it has not signed in for 180 days. It goes on when they do.",
    )
    [mail] = await maya.rows(message)
    assert (mail.address, mail.subject) == ("one@place.example", "Paused: Help in time")
    assert "goes on by itself when they sign in" in mail.body
    await maya.freezes(preston=LOW)
    assert await maya.looks() == []


async def test_it_goes_on_by_itself_when_they_sign_in(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    maya.now += LONG
    await pause_forgotten(maya.units)
    await maya.freezes(preston=LOW)
    maya.now += LONG
    await signs_in(maya)

    assert await pause_forgotten(maya.units) == 1

    [row] = await maya.rows(subscription)
    assert row.asleep_since is None
    [(outcome, why)] = await maya.looks()
    assert (outcome, why) == (RunOutcome.FIRED, "Started: Preston, Decided within 5 working days.")


async def test_while_it_sleeps_its_key_is_worth_nothing_and_no_webhook_is_called(maya: ASubscriber) -> None:
    hook = await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK)
    await maya.freezes(preston=LOW)
    await maya.looks()
    maya.now += LONG
    await pause_forgotten(maya.units)
    called: list[str] = []

    async def caller(call: object, _: object) -> Answered:
        called.append(str(call))
        return Answered(200, None)

    assert await maya.keys(hook) == []
    assert await call_webhooks(maya.units, caller) == 0

    maya.now += timedelta(minutes=1)
    await signs_in(maya)
    await pause_forgotten(maya.units)
    assert len(await maya.keys(hook)) == 1
    assert await call_webhooks(maya.units, caller) == 1


async def test_what_the_command_line_made_has_nobody_who_signs_in_and_never_sleeps(maya: ASubscriber) -> None:
    async with maya.units.begin(LEAD) as work:
        await Colleagues(work.session).remember(SYSTEM, "The command line", LEAD.roles)
    await maya.subscribes(Condition.OUTSIDE, by=Actor(SYSTEM, LEAD.roles))
    maya.now += 10 * LONG

    assert await pause_forgotten(maya.units) == 0


async def test_while_it_sleeps_nothing_of_it_is_sent_by_hand(maya: ASubscriber) -> None:
    made = await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)
    maya.now += LONG
    await pause_forgotten(maya.units)

    with pytest.raises(RuleBroken, match="subscription_asleep"):
        async with maya.units.begin(LEAD) as work:
            await send_one_now(SendOneNow(made), work)


async def test_what_had_failed_once_before_it_slept_has_all_its_tries_before_it(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK)
    await maya.freezes(preston=LOW)
    await maya.looks()

    async def fails(*_: object) -> Answered:
        return Answered(500, None)

    assert await call_webhooks(maya.units, fails) == 1
    maya.now += LONG
    await pause_forgotten(maya.units)
    maya.now += timedelta(days=1)
    await signs_in(maya)
    await pause_forgotten(maya.units)

    assert await call_webhooks(maya.units, fails) == 1

    [waits] = await maya.rows(delivery)
    assert (waits.tries, waits.failed_at) == (1, None)
    assert waits.next_try_at is not None
