"""What the gateway makes of what comes from outside, where an Engine answers; and a certificate that is renewed."""

import socket
import ssl
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from deploy.compose import certificate
from deploy.compose.certificate import examined
from tests.deploy.gateway_alone import DOMAIN, PORT, Gateway, gateway_alone, renew, served

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("gateway")]
HOST = f"blackpool.{DOMAIN}"
GET = f"GET /refer HTTP/1.1\r\nHost: {HOST}\r\n"
POST = f"POST /refer HTTP/1.1\r\nHost: {HOST}\r\n"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    try:
        answers = subprocess.run(["docker", "version"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        answers = False
    if not answers:
        pytest.skip("no Docker Engine answers here: the gateway was not tried")
    with gateway_alone(tmp_path_factory.mktemp("gateway")) as running:
        yield running


def connected(host: str = HOST) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test made the certificate
    return context.wrap_socket(socket.create_connection(("127.0.0.1", PORT), timeout=60), server_hostname=host)


def answer(connection: ssl.SSLSocket) -> str:
    """All that is answered until the gateway closes, or says nothing for a second."""
    told = b""
    try:
        while piece := connection.recv(65536):
            told += piece
            connection.settimeout(1)
    except (TimeoutError, ConnectionError, ssl.SSLError):
        pass
    return told.decode("latin-1")


def says(request: str, host: str = HOST) -> str:
    with connected(host) as connection:
        with suppress(ConnectionError, ssl.SSLError):  # where it answers and closes before all is said
            connection.sendall(request.encode("latin-1"))
        return answer(connection)


def status(told: str) -> str:
    return told.split(" ", 2)[1] if told.startswith("HTTP/1.1 ") else told[:40]


def wait_until_served(name: str, seconds: float = 25) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with connected() as connection:
            if served(connection) == name:
                return True
        time.sleep(0.5)
    return False


def test_a_renewed_certificate_is_served_without_a_restart_and_who_is_being_answered_is(gateway: Gateway) -> None:
    before = gateway.started()
    with connected() as earlier:
        earlier.sendall(f"{POST}Content-Length: 2\r\n\r\na".encode())
        renew(gateway.certificates, of="second")

        assert wait_until_served("second")

        earlier.sendall(b"b")
        assert status(answer(earlier)) == "200"
    assert gateway.started() == before


def test_half_a_renewal_is_not_served_and_the_other_half_puts_it_right(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "GATEWAY", ("127.0.0.1", PORT))
    monkeypatch.setattr(certificate, "FILES", gateway.certificates)
    renew(gateway.certificates, of="half", halves=("fullchain.pem",))
    assert not wait_until_served("half", seconds=15)
    assert status(says(f"{GET}\r\n")) == "200"
    [half] = examined(DOMAIN, "files")

    renew(gateway.certificates, of="whole")

    assert wait_until_served("whole")
    assert half.startswith("privkey.pem is not the key of fullchain.pem")
    assert examined(DOMAIN, "files") == []


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        pytest.param(f"{GET}X-Long: {'a' * 40_000}\r\n\r\n", "431", id="a-header-of-40-kB"),
        pytest.param(f"{POST}Content-Length: 40000000\r\n\r\n{'a' * 40_000_000}", "413", id="a-body-of-40-MB"),
        pytest.param(f"GET /{'a' * 40_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", "431", id="an-address-of-40-kB"),
        pytest.param(
            f"{POST}Transfer-Encoding: chunked\r\n\r\n" + f"{0x100000:x}\r\n{'a' * 0x100000}\r\n" * 31 + "0\r\n\r\n",
            "413",
            id="a-body-of-31-MB-in-pieces",
        ),
    ],
)
def test_what_is_too_long_is_refused_and_nothing_of_it_is_left(request_: str, expected: str) -> None:
    told = says(request_)

    assert status(told) == expected
    assert told.count("HTTP/1.1 ") == 1, "what is left of it is not read as what is asked next"
    assert status(says(f"{GET}\r\n")) == "200"


def test_a_head_that_does_not_end_is_given_up_after_five_seconds() -> None:
    with connected() as head:
        began = time.monotonic()
        head.sendall(GET.encode())
        while not is_over(head) and time.monotonic() < began + 30:
            pass
    assert time.monotonic() - began < 10


def is_over(connection: ssl.SSLSocket) -> bool:
    """After one more letter, in half a second."""
    connection.settimeout(0.5)
    try:
        connection.sendall(b"a")
        connection.recv(65536)
    except TimeoutError:
        return False
    except (ConnectionError, ssl.SSLError):
        pass
    return True


def test_five_hundred_connections_of_one_address_keep_nobody_else_waiting() -> None:
    held = [socket.create_connection(("127.0.0.1", PORT), timeout=10) for _ in range(400)]
    held += [connected() for _ in range(100)]
    try:
        for one in held[400:]:
            one.sendall(b"GET / HT")
        times: list[float] = []
        for _ in range(50):
            began = time.monotonic()
            assert status(says(f"{GET}Connection: close\r\n\r\n")) == "200"
            times.append(time.monotonic() - began)
    finally:
        for one in held:
            one.close()
    assert statistics.quantiles(times, n=20)[18] < 1, sorted(times)[-5:]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "x-forwarded-for", "X_Forwarded_For", "Forwarded"])
def test_a_service_is_told_the_address_that_the_gateway_sees_and_not_what_a_visitor_claims(
    gateway: Gateway, header: str
) -> None:
    assert status(says(f"{GET}{header}: 198.51.100.7\r\n{header}: 198.51.100.8\r\nConnection: close\r\n\r\n")) == "200"

    [told] = gateway.reached.addresses[-1:]
    assert told
    assert "198.51.100" not in told


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"a.b.{DOMAIN}",
        f"blackpool.{DOMAIN}.evil.example",
        f"..{DOMAIN}",
        f"region/../blackpool.{DOMAIN}",
        f"preston.{DOMAIN}",
        f"BLACKPOOL--.{DOMAIN}",
        f"blackpool--nothing.{DOMAIN}",
        "",
    ],
)
def test_a_forged_host_reaches_nobody(gateway: Gateway, host: str) -> None:
    before = len(gateway.reached.lines)

    told = says(f"GET /refer HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")

    assert status(told)[0] == "4"
    assert len(gateway.reached.lines) == before


HIDDEN = f"GET /hidden HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
SMUGGLES = {
    "length-and-chunked": f"{POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "chunked-and-length": f"{POST}Transfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n0\r\n\r\n{HIDDEN}",
    "two-lengths": f"{POST}Content-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a-list-of-lengths": f"{POST}Content-Length: 0, {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a-length-with-a-sign": f"{POST}Content-Length: +0\r\n\r\n{HIDDEN}",
    "a-negative-length": f"{POST}Content-Length: -1\r\n\r\n{HIDDEN}",
    "an-unknown-encoding": f"{POST}Transfer-Encoding: xchunked\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "two-encodings": f"{POST}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "two-encoding-lines": f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a-space-before-the-colon": f"{POST}Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a-tab-before-chunked": f"{POST}Transfer-Encoding:\x0bchunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a-folded-line": f"{POST}X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a-bare-line-feed-in-a-piece": f"{POST}Transfer-Encoding: chunked\r\n\r\n1;\n0\r\n\r\n{HIDDEN}",
    "a-piece-with-a-wrong-size": f"{POST}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n{HIDDEN}",
    "a-carriage-return-in-a-value": f"{POST}X: a\rContent-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a-zero-byte": f"{POST}X: a\x00b\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "two-hosts": f"{GET}Host: evil.example\r\n\r\n",
    "an-address-of-another-host": f"GET https://evil.example/hidden HTTP/1.1\r\nHost: {HOST}\r\n\r\n",
    "a-tunnel": f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}\r\n\r\n",
}


@pytest.mark.parametrize("request_", SMUGGLES.values(), ids=SMUGGLES)
def test_a_request_that_can_be_read_in_two_ways_is_read_in_one(gateway: Gateway, request_: str) -> None:
    told = says(request_)

    assert gateway.reached.unseen == [], told
