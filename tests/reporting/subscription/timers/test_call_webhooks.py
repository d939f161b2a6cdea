"""A webhook is called until it takes what was told, and gets nothing twice in effect."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.reporting.subscription.commands.change_key import ChangeKey, change_key
from services.reporting.subscription.commands.replay_deliveries import ReplayDeliveries, replay_deliveries
from services.reporting.subscription.database.subscription_tables import (
    delivery,
    delivery_try,
    message,
    subscription,
    subscription_run,
)
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.timers.call_webhooks import call_webhooks
from shared.webhook import Answered, Call, NotPublic, NotTrusted, Silent, call_webhook
from tests.reporting.subscription.a_receiver import HOST, AReceiver, a_receiver
from tests.reporting.subscription.a_subscriber import BACK, LOW, ASubscriber


@pytest.fixture
async def receiver(tmp_path: Path) -> AsyncIterator[AReceiver]:
    async with a_receiver(tmp_path) as receiver:
        yield receiver


async def here(_host: str, _port: int) -> Sequence[str]:
    """Its name leads to this machine, as only a test may allow."""
    return ["127.0.0.1"]


def calls(receiver: AReceiver) -> Any:
    return partial(call_webhook, resolve=here, is_allowed=lambda _: True, trusts=receiver.trusts)


async def subscribes(maya: ASubscriber, receiver: AReceiver) -> Any:
    address = f"https://{HOST}:{receiver.port}/told?by=us"
    return await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK, webhook=address, addresses=["it@place.example"])


async def goes_on(maya: ASubscriber, receiver: AReceiver, until: datetime) -> None:
    """The clock goes from one try to the next."""
    while maya.now <= until:
        while await call_webhooks(maya.units, calls(receiver)):
            pass
        waiting = [row.next_try_at for row in await maya.rows(delivery) if row.next_try_at]
        if not waiting:
            return
        maya.now = max(min(waiting), maya.now + timedelta(seconds=1))


def signs(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver that knows only Standard Webhooks finds out."""
    content = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return wanted in headers["webhook-signature"].split(" ")


async def test_what_is_told_is_signed_and_is_what_was_kept(maya: ASubscriber, receiver: AReceiver) -> None:
    one = await subscribes(maya, receiver)
    await maya.freezes(preston=LOW)
    await maya.looks()

    await goes_on(maya, receiver, maya.now)

    [(headers, body)] = receiver.taken
    [kept] = await maya.rows(delivery)
    [key] = await maya.keys(one)
    assert headers[""] == "POST /told?by=us HTTP/1.1"
    assert headers["host"] == f"{HOST}:{receiver.port}"
    assert (headers["webhook-id"], body.decode()) == (str(kept.id), kept.body)
    assert headers["webhook-timestamp"] == str(int(maya.now.timestamp()))
    assert signs(key, headers, body)
    assert not signs("whsec_" + base64.b64encode(b"x" * 32).decode(), headers, body)
    assert [told["team"] for told in json.loads(body)["data"]["told"]] == ["preston"]
    assert kept.taken_at == maya.now


async def test_a_receiver_that_fails_for_an_hour_misses_nothing_and_gets_nothing_twice_in_effect(
    maya: ASubscriber, receiver: AReceiver
) -> None:
    await subscribes(maya, receiver)
    receiver.status = "503 Service Unavailable"
    await maya.freezes(preston=LOW)
    await maya.looks()
    began = maya.now
    await goes_on(maya, receiver, began + timedelta(hours=1))
    failed = len(receiver.taken)
    receiver.status = "200 OK"

    await goes_on(maya, receiver, began + timedelta(hours=9))
    await maya.freezes(preston=BACK, burnley=LOW)
    await maya.looks()
    await goes_on(maya, receiver, maya.now)

    effect = {headers["webhook-id"]: body for headers, body in receiver.taken}
    assert failed >= 3
    assert len(receiver.taken) == failed + 2
    assert len(effect) == 2
    assert [body.decode() for body in effect.values()] == [row.body for row in await maya.rows(delivery)]
    assert all(row.taken_at for row in await maya.rows(delivery))


async def test_whoever_looks_after_it_is_told_at_the_third_try_and_at_the_last(
    maya: ASubscriber, receiver: AReceiver
) -> None:
    await subscribes(maya, receiver)
    receiver.status = "500 Broken"
    await maya.freezes(preston=LOW)
    await maya.looks()

    await goes_on(maya, receiver, maya.now + timedelta(days=5))

    assert len(receiver.taken) == 10
    assert [(row.kind, row.address) for row in await maya.rows(message)] == [
        ("failing", "it@place.example"),
        ("off", "it@place.example"),
    ]
    assert [row.answer for row in await maya.rows(delivery_try)] == ["refused"] * 10
    assert (await maya.rows(subscription_run))[
        -1
    ].why == "Answered with an error (500), at try 10. It is not tried again."


async def test_a_redirect_is_not_followed_and_is_tried_again(maya: ASubscriber, receiver: AReceiver) -> None:
    await subscribes(maya, receiver)
    receiver.status, receiver.headers = "302 Found", "Location: https://elsewhere.example/\r\n"
    await maya.freezes(preston=LOW)
    await maya.looks()

    await goes_on(maya, receiver, maya.now)

    [one] = await maya.rows(delivery_try)
    assert (one.answer, one.status, len(receiver.taken)) == ("redirected", 302, 1)


async def test_who_answers_that_nobody_wants_it_is_not_called_again(maya: ASubscriber, receiver: AReceiver) -> None:
    await subscribes(maya, receiver)
    receiver.status = "410 Gone"
    await maya.freezes(preston=LOW)
    await maya.looks()
    await goes_on(maya, receiver, maya.now + timedelta(days=5))

    [row] = await maya.rows(subscription)
    assert row.why_ended == "The webhook answered that nobody wants it any more (410)."
    assert len(receiver.taken) == 1


async def test_while_a_key_is_changed_both_sign(maya: ASubscriber, receiver: AReceiver) -> None:
    one = await subscribes(maya, receiver)
    await maya.freezes(preston=LOW)
    await maya.looks()
    [before] = await maya.keys(one)
    await maya.does(change_key, ChangeKey(one))
    [after, still] = await maya.keys(one)

    await goes_on(maya, receiver, maya.now)
    [(headers, body)] = receiver.taken

    assert before == still != after
    assert signs(before, headers, body)
    assert signs(after, headers, body)


@pytest.mark.parametrize(
    "trouble", [NotPublic(), NotTrusted(), Silent(is_late=True), Silent(is_late=False), ZeroDivisionError()]
)
async def test_whatever_becomes_of_a_call_is_kept(maya: ASubscriber, receiver: AReceiver, trouble: Exception) -> None:
    await subscribes(maya, receiver)
    await maya.freezes(preston=LOW)
    await maya.looks()

    async def fails(_call: Call, _now: datetime) -> Answered:
        raise trouble

    await call_webhooks(maya.units, fails)

    [one] = await maya.rows(delivery_try)
    assert one.answer in {"not_public", "not_trusted", "silent", "unreachable"}
    assert (await maya.rows(delivery))[0].next_try_at > maya.now


async def test_a_process_that_dies_on_the_way_leaves_it_to_the_next(maya: ASubscriber, receiver: AReceiver) -> None:
    await subscribes(maya, receiver)
    await maya.freezes(preston=LOW)
    await maya.looks()

    async def dies(_call: Call, _now: datetime) -> Answered:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await call_webhooks(maya.units, dies)
    assert await call_webhooks(maya.units, calls(receiver)) == 0
    maya.now += timedelta(minutes=3)
    await goes_on(maya, receiver, maya.now)

    assert len(receiver.taken) == 1


@pytest.mark.parametrize("status", [204, 500])
async def test_what_is_sent_again_while_a_call_is_on_its_way_is_sent_again(maya: ASubscriber, status: int) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.WEBHOOK)
    await maya.freezes(preston=LOW)
    await maya.looks()
    called: list[Call] = []

    async def meanwhile(call: Call, _now: datetime) -> Answered:
        called.append(call)
        if len(called) == 1:
            await maya.does(replay_deliveries, ReplayDeliveries(one, maya.now.date()))
        return Answered(status)

    assert [await call_webhooks(maya.units, meanwhile) for _ in range(3)] == [1, 1, 0]
    assert len({call.id for call in called}) == 1


async def test_one_whose_receiver_hangs_takes_turns_with_the_others(maya: ASubscriber) -> None:
    for name, months in (("hangs", 3), ("works", 1)):
        await maya.subscribes(Condition.MONTH_END, Channel.WEBHOOK, webhook=f"https://{name}.example/told")
        for _ in range(months):
            await maya.freezes()
            await maya.looks()
    called: list[str] = []

    async def hears(call: Call, _now: datetime) -> Answered:
        maya.now += timedelta(seconds=15)
        called.append(call.url)
        return Answered(204)

    while await call_webhooks(maya.units, hears):
        pass

    assert (len(called), called.index("https://works.example/told")) == (5, 1)
