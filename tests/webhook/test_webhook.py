"""A webhook is called on the public internet and nowhere else, at the address that was checked."""

import asyncio
import base64
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared import webhook
from shared.webhook import Call, NotPublic, NotTrusted, Silent, call_webhook, is_public, signed_headers
from tests.reporting.subscription.a_receiver import HOST, AReceiver, a_receiver

NOW = datetime(2021, 2, 25, 18, 26, 54, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
async def receiver(tmp_path: Path) -> AsyncIterator[AReceiver]:
    async with a_receiver(tmp_path) as receiver:
        yield receiver


def a_call(receiver: AReceiver, host: str = HOST) -> Call:
    return Call("msg", f"https://{host}:{receiver.port}/", b"{}", [SECRET])


def leads_to(*addresses: str) -> webhook.Resolve:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


def test_it_signs_as_the_standard_says() -> None:
    """The example of the specification's own library (Standard Webhooks, Python, test_sign)."""
    body = b'{"test": 2432232314}'
    call = Call("msg_p5jXN8AQM9LWM0D4loKWxJek", "https://hook.example/", body, [SECRET])

    headers = signed_headers(call, datetime.fromtimestamp(1614265330, UTC))

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
        *("fec0::1", "feff::1", "::127.0.0.1", "::10.0.0.1", "5f00::1"),
    ],
)
def test_no_address_of_this_machine_its_network_or_one_that_leads_there_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_an_address_of_the_internet_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("1.1.1.1", "10.0.0.1"), ("::1",), ()])
async def test_where_a_name_leads_to_any_that_is_not_public_nothing_is_sent(
    receiver: AReceiver, addresses: tuple[str, ...]
) -> None:
    with pytest.raises(NotPublic):
        await call_webhook(a_call(receiver), NOW, resolve=leads_to(*addresses), trusts=receiver.trusts)

    assert receiver.taken == []


async def test_an_address_in_place_of_a_name_is_looked_at_too(receiver: AReceiver) -> None:
    with pytest.raises(NotPublic):
        await call_webhook(a_call(receiver, "127.0.0.1"), NOW, trusts=receiver.trusts)
    with pytest.raises(NotPublic):
        await call_webhook(a_call(receiver, "localhost"), NOW, trusts=receiver.trusts)


async def test_it_connects_to_the_address_that_was_checked_though_the_name_leads_elsewhere(receiver: AReceiver) -> None:
    asked: list[str] = []

    async def once(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    answered = await call_webhook(
        a_call(receiver), NOW, resolve=once, is_allowed=lambda _: True, trusts=receiver.trusts
    )

    assert (answered.status, asked, len(receiver.taken)) == (204, [HOST], 1)


async def test_who_cannot_show_who_they_are_gets_nothing(receiver: AReceiver) -> None:
    with pytest.raises(NotTrusted):
        await call_webhook(a_call(receiver), NOW, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True)
    other = a_call(receiver, "other.example")
    with pytest.raises(NotTrusted):
        await call_webhook(other, NOW, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True, trusts=receiver.trusts)

    assert receiver.taken == []


async def test_a_receiver_that_says_nothing_is_given_up(receiver: AReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "TOTAL_SECONDS", 0.3)
    receiver.is_silent = True

    with pytest.raises(Silent) as silent:
        await call_webhook(
            a_call(receiver), NOW, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True, trusts=receiver.trusts
        )

    assert silent.value.is_late


async def test_a_receiver_that_is_not_there_is_said_to_be_so(receiver: AReceiver) -> None:
    call = Call("msg", f"https://{HOST}:1/", b"{}", ["whsec_" + base64.b64encode(b"x" * 32).decode()])

    with pytest.raises(Silent) as silent:
        await call_webhook(call, NOW, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True, trusts=receiver.trusts)

    assert not silent.value.is_late


@pytest.mark.parametrize("host", ["hook..example", f"{'a' * 64}.example", ".example.com"])
async def test_a_name_that_no_host_can_have_is_not_reached(host: str) -> None:
    with pytest.raises(Silent) as silent:
        await call_webhook(Call("msg", f"https://{host}/x", b"{}", [SECRET]), NOW)

    assert not silent.value.is_late


async def test_what_was_given_up_while_it_connected_is_not_sent_afterwards(
    receiver: AReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    connects, may_connect = socket.create_connection, threading.Event()

    def slow(*to: Any, **how: Any) -> socket.socket:
        may_connect.wait(5)
        return connects(*to, **how)

    monkeypatch.setattr(webhook, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(socket, "create_connection", slow)
    spoken: list[object] = []

    def speaks(*_: Any, **named: Any) -> None:
        spoken.append(named)

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", speaks)
    with pytest.raises(Silent):
        await call_webhook(
            a_call(receiver), NOW, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True, trusts=receiver.trusts
        )

    monkeypatch.setattr(webhook, "TOTAL_SECONDS", 5)
    may_connect.set()
    await asyncio.sleep(0.5)

    assert (spoken, receiver.taken) == ([], [])


SPELLED = [
    ("2130706433", "RamaAditya49/titen/issues/23"),
    ("0x7f000001", "RamaAditya49/titen/issues/23"),
    ("0177.0.0.1", "RamaAditya49/titen/issues/23"),
    ("user:word@127.0.0.1", "RamaAditya49/titen/issues/23"),
    ("[::ffff:169.254.169.254]", "forgekeep/nebula-mesh/pull/243"),
    ("[::ffff:0.0.0.0]", "forgekeep/nebula-mesh/pull/243"),
    ("[fd00:ec2::254]", "superloglabs/superlog/pull/154"),
    ("100.100.100.200", "superloglabs/superlog/pull/154"),
    ("169.254.169.254", "synapticcybersecurity/hekate/issues/56"),
]


@pytest.mark.parametrize("host", [host for host, _ in SPELLED])
async def test_no_spelling_of_an_address_leads_inside(receiver: AReceiver, host: str) -> None:
    """Beside each: who reported it of another system, at github.com. The system's own resolver reads them."""
    with pytest.raises(NotPublic):
        await call_webhook(Call("msg", f"https://{host}/", b"{}", [SECRET]), NOW, trusts=receiver.trusts)


async def test_what_is_signed_is_what_is_sent_and_each_try_has_its_own_time(receiver: AReceiver) -> None:
    """nensii21/devlink/issues/1319: other bytes; better-auth/better-auth/pull/8844: the time of the first try."""
    body = '{"b": 1,  "a": "é"}'.encode()
    call = Call("msg", f"https://{HOST}:{receiver.port}/", body, [SECRET])
    for minutes in (0, 10):
        at = NOW + timedelta(minutes=minutes)
        await call_webhook(call, at, resolve=leads_to("127.0.0.1"), is_allowed=lambda _: True, trusts=receiver.trusts)
        headers, sent = receiver.taken[-1]
        assert sent == body
        assert headers["webhook-timestamp"] == str(int(at.timestamp()))
        assert headers["webhook-signature"] == signed_headers(call, at)["webhook-signature"]
