"""What was told is kept for as long as the settings say, and then it is gone with all that belongs to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    delivery_picture,
    delivery_try,
    message,
    subscription_run,
)
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.queries.subscription_record import subscription_record
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from services.reporting.subscription.timers.clear_what_was_told import clear_what_was_told
from shared.kernel.actor import system
from shared.webhook import Answered, Call
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

KEPT = timedelta(days=75)
TABLES = (delivery, delivery_picture, delivery_try, message, subscription_run)


@pytest.fixture
async def units(maya: ASubscriber, engine: AsyncEngine) -> ReportingUnits:
    office = replace(maya.office, keep_told=KEPT)
    return ReportingUnits(office, engine, region_key=b"", clock=lambda: maya.now)


async def taken(_call: Call, _now: object) -> Answered:
    return Answered(200, None)


async def five_months(maya: ASubscriber) -> None:
    for _ in range(5):
        await maya.freezes(preston=LOW)
        await maya.looks()
        while await call_webhooks(maya.units, taken):
            pass


async def clear(units: ReportingUnits) -> None:
    while await clear_what_was_told(units):
        pass


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.PAGE])
async def test_what_is_older_goes_with_all_that_belongs_to_it_and_the_rest_stays(
    maya: ASubscriber, units: ReportingUnits, channel: Channel
) -> None:
    one = await maya.subscribes(Condition.MONTH_END, channel)
    await five_months(maya)
    async with maya.engine.begin() as connection:
        await connection.execute(update(message).values(sent_at=maya.now))
    before = {table.name: await maya.rows(table) for table in TABLES}

    await clear(units)

    kept = await maya.rows(delivery)
    there = {row.id for row in kept}
    assert len(before["delivery"]) == 5
    assert [row.made_at for row in kept] == [
        row.made_at for row in before["delivery"] if row.made_at >= maya.now - KEPT
    ]
    assert {row.delivery for row in [*await maya.rows(delivery_picture), *await maya.rows(delivery_try)]} <= there
    assert {row.delivery_id for row in await maya.rows(message)} <= there
    assert {row.delivery for row in await maya.rows(subscription_run)} == there
    async with units.begin(system()) as work:
        assert (await subscription_record(one, work)).state.value == "fired"


async def test_what_still_waits_to_be_sent_and_the_newest_of_each_stay_however_old(
    maya: ASubscriber, units: ReportingUnits
) -> None:
    hook = await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK)
    mail = await maya.subscribes(Condition.MONTH_END, Channel.EMAIL)
    stream = await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    for _ in range(2):
        await maya.freezes(preston=LOW)
        await maya.looks()
    maya.now += timedelta(days=999)

    await clear(units)

    assert [len(await maya.rows(delivery, subscription=one)) for one in (hook, mail, stream)] == [2, 2, 1]
    assert [row.position for row in await maya.rows(delivery, subscription=stream)] == [2]


async def test_what_was_told_is_not_cleared_a_day_too_early(maya: ASubscriber, units: ReportingUnits) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.API)
    await five_months(maya)
    [first, *_] = await maya.rows(delivery)
    maya.now = first.made_at + KEPT

    await clear(units)
    early = len(await maya.rows(delivery))
    maya.now += timedelta(seconds=1)
    await clear(units)

    assert (early, len(await maya.rows(delivery))) == (5, 4)


async def test_runs_that_told_nothing_go_too_but_for_the_last_look_and_what_came_after(
    maya: ASubscriber, units: ReportingUnits
) -> None:
    await maya.subscribes(Condition.OUTSIDE, Channel.PAGE)
    for _ in range(3):
        await maya.freezes()
        await maya.looks()
    runs = await maya.rows(subscription_run)
    maya.now += timedelta(days=999)

    await clear(units)

    assert await maya.rows(subscription_run) == runs[-1:]


@pytest.mark.parametrize("channel", [Channel.WEBHOOK, Channel.EMAIL])
async def test_what_waited_of_one_that_ended_goes_too_but_for_the_newest(
    maya: ASubscriber, units: ReportingUnits, channel: Channel
) -> None:
    one = await maya.subscribes(Condition.MONTH_END, channel)
    for _ in range(2):
        await maya.freezes(preston=LOW)
        await maya.looks()
    await maya.does(end_subscription, EndSubscription(one))
    newest = (await maya.rows(delivery))[-1]
    maya.now += timedelta(days=999)

    await clear(units)

    assert [(row.id, row.next_try_at) for row in await maya.rows(delivery)] == [(newest.id, None)]


async def test_what_was_done_with_one_that_was_never_looked_at_goes_but_for_the_last(
    maya: ASubscriber, units: ReportingUnits
) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.PAGE)
    await maya.does(end_subscription, EndSubscription(one))
    maya.now += timedelta(days=999)

    await clear(units)

    assert [row.why for row in await maya.rows(subscription_run)] == ["It ended."]
