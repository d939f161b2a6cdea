"""What a subscription is told, when, and how often."""

import asyncio
import json
import time
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from services.reporting.subscription.commands.mute_cell import MuteCell, mute_cell
from services.reporting.subscription.commands.pause_subscription import PauseSubscription, pause_subscription
from services.reporting.subscription.database.subscription_tables import delivery, message, subscription_run
from services.reporting.subscription.domain.look import look
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Channel, Condition, Subscription
from services.reporting.subscription.timers.look_at_figures import look_at_figures
from shared.testing.events import Feed
from tests.reporting.subscription.a_subscriber import BACK, LOW, ASubscriber

look_at_figures_module = import_module(look_at_figures.__module__)
FIRED, QUIET = RunOutcome.FIRED, RunOutcome.QUIET


async def test_it_fires_once_when_a_signal_starts_and_again_only_after_it_ended(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)

    nothing = await maya.looks()
    for preston in (LOW, LOW, BACK, LOW):
        await maya.freezes(preston=preston)
        nothing += await maya.looks()
        assert await maya.looks() == []

    assert [outcome for outcome, _ in nothing] == [FIRED, QUIET, QUIET, FIRED]
    assert [why for _, why in nothing] == [
        "Started: Preston, Decided within 5 working days.",
        "Nothing started. Known before, and going on: 1.",
        "Nothing started. Ended: Preston, Decided within 5 working days.",
        "Started: Preston, Decided within 5 working days.",
    ]
    assert len(await maya.rows(message)) == 2


async def test_what_holds_when_it_begins_is_known_and_not_told(maya: ASubscriber) -> None:
    await maya.freezes(preston=LOW)
    await maya.subscribes(Condition.OUTSIDE)

    await maya.freezes(preston=LOW)

    assert [outcome for outcome, _ in await maya.looks()] == [QUIET]
    assert await maya.rows(message) == []


async def test_a_hidden_month_is_no_news_and_does_not_end_a_signal(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    for preston in (LOW, None, LOW):
        await maya.freezes(preston=preston)
        await maya.looks()

    assert len(await maya.rows(delivery)) == 1


async def test_what_ended_alone_is_told_with_the_next_that_starts(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    for preston, burnley in ((LOW, BACK), (BACK, BACK), (BACK, LOW)):
        await maya.freezes(preston=preston, burnley=burnley)
        await maya.looks()

    told = [json.loads(row.body)["data"]["told"] for row in await maya.rows(delivery)]
    assert [[(one["team"], one["change"]) for one in some] for some in told] == [
        [("preston", "started")],
        [("burnley", "started"), ("preston", "ended")],
    ]


async def test_it_is_told_of_its_own_figures_and_places_alone(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE, teams=("burnley",))
    await maya.subscribes(Condition.OUTSIDE, indicators=(1,))
    await maya.subscribes(Condition.OUTSIDE, teams=("",))

    await maya.freezes(preston=LOW)

    assert [outcome for outcome, _ in await maya.looks()] == [QUIET, QUIET, QUIET]


async def test_every_monday_it_is_sent_whether_or_not_anything_is_new(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.EVERY_MONDAY)
    assert await maya.looks() == []

    found: list[tuple[RunOutcome, str]] = []
    for day in (22, 23, 24, 30):
        maya.now = datetime(2026, 3, day, 7, tzinfo=UTC)
        found += await maya.looks()

    assert found == [(FIRED, "None of 3 figures have something new.")] * 2


async def test_at_the_end_of_a_month_it_is_sent_once_when_the_month_is_frozen(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.MONTH_END)
    maya.now += timedelta(days=9)
    assert await maya.looks() == []

    await maya.freezes(preston=LOW)

    assert await maya.looks() == [
        (FIRED, "1 of 3 figures has something new. Started: Preston, Decided within 5 working days.")
    ]


async def test_while_it_is_paused_nothing_is_told_and_what_still_holds_is_told_afterwards(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE)
    await maya.does(pause_subscription, PauseSubscription(one, date(2026, 5, 1)))

    await maya.freezes(preston=LOW, burnley=LOW)
    while_paused = await maya.looks()
    await maya.freezes(preston=LOW)

    assert while_paused == []
    assert await maya.looks() == [(FIRED, "Started: Preston, Decided within 5 working days.")]


async def test_a_muted_figure_is_not_told_and_is_known_afterwards(maya: ASubscriber) -> None:
    one = await maya.subscribes(Condition.OUTSIDE)
    await maya.does(mute_cell, MuteCell(one, 9, "preston", date(2026, 5, 1)))

    await maya.freezes(preston=LOW)
    muted = await maya.looks()
    await maya.freezes(preston=LOW)

    assert muted == [(QUIET, "Nothing started. 1 muted.")]
    assert await maya.looks() == [(QUIET, "Nothing started. Known before, and going on: 1.")]


async def test_two_processes_at_once_tell_it_once(maya: ASubscriber) -> None:
    for _ in range(3):
        await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)

    await asyncio.gather(*(look_at_figures(maya.units) for _ in range(6)))
    await maya.looks()

    assert len(await maya.rows(delivery)) == 3


async def test_one_that_cannot_be_looked_at_is_put_off_and_the_others_are_told(
    maya: ASubscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = await maya.subscribes(Condition.OUTSIDE, name="Broken")
    maya.now += timedelta(minutes=1)
    await maya.subscribes(Condition.OUTSIDE, name="Whole")
    await maya.freezes(preston=LOW)

    def fails_of_one(one: Subscription, *known: Any) -> Any:
        if one.id == broken:
            raise ZeroDivisionError
        return look(one, *known)

    with monkeypatch.context() as patched:
        patched.setattr(look_at_figures_module, "look", fails_of_one)
        with pytest.raises(ZeroDivisionError):
            await look_at_figures(maya.units)
        assert [outcome for outcome, _ in await maya.looks()] == [FIRED]
    maya.now += timedelta(minutes=10)

    assert [outcome for outcome, _ in await maya.looks()] == [FIRED]
    assert [row.outcome for row in await maya.rows(subscription_run, subscription=broken)] == [
        "changed",
        "failed",
        "fired",
    ]


async def test_what_takes_long_to_reckon_is_told_all_the_same(
    maya: ASubscriber, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)
    waits = {"server_settings": {"idle_in_transaction_session_timeout": "200ms"}}
    engine = create_async_engine(maya.engine.url, connect_args=waits)
    impatient = ASubscriber(engine, feed)
    impatient.now = maya.now

    def slow(*known: Any) -> Any:
        time.sleep(0.5)
        return look(*known)

    monkeypatch.setattr(look_at_figures_module, "look", slow)
    try:
        assert [outcome for outcome, _ in await impatient.looks()] == [FIRED]
    finally:
        await engine.dispose()


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.PAGE])
async def test_each_channel_keeps_what_it_told_and_a_page_shows_it_only(maya: ASubscriber, channel: Channel) -> None:
    await maya.subscribes(Condition.OUTSIDE, Channel.PAGE)
    await maya.subscribes(Condition.OUTSIDE, channel)
    await maya.freezes(preston=LOW)
    await maya.looks()

    [kept] = await maya.rows(delivery)
    assert kept.channel == channel
    assert (kept.position, kept.next_try_at is None) == (
        1 if channel is Channel.STREAM else None,
        channel is not Channel.WEBHOOK,
    )
