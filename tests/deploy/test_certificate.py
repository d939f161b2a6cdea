"""What the doctor, and Prometheus, are told of the certificate that the gateway shows and of the files beside it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.compose import certificate
from deploy.compose.certificate import Files, examined, exposed, troubles
from shared.kernel.clock import machine_clock
from tests.deploy.gateway_alone import DOMAIN, certificate_and_key

Pair = tuple[bytes, bytes]


@pytest.mark.parametrize(
    ("days", "hosts", "words"),
    [
        (30, f"*.{DOMAIN}", ""),
        (13, f"*.{DOMAIN}", "The certificate ends on "),
        (-1, f"*.{DOMAIN}", "The certificate ended on "),
        (30, f"region.{DOMAIN}", f"The certificate does not name *.{DOMAIN}"),
    ],
)
def test_a_certificate_that_ends_within_a_fortnight_or_names_other_hosts_is_not_well(
    days: int, hosts: str, words: str
) -> None:
    chain, key = certificate_and_key("pairs", days=days, hosts=hosts)

    found = troubles(x509.load_pem_x509_certificate(chain), Files.of(chain, key), DOMAIN, machine_clock())

    assert [one.startswith(words) for one in found] == [True] * bool(words)


@pytest.mark.parametrize(("days", "is_well"), [(0.4, True), (-1, False)])
def test_one_of_the_gateways_own_ends_soon_and_is_well_until_then(days: float, is_well: bool) -> None:
    chain, _ = certificate_and_key("Caddy", days=days, hosts=f"region.{DOMAIN}")

    found = troubles(x509.load_pem_x509_certificate(chain), None, DOMAIN, machine_clock())

    assert ["docker compose logs gateway" in one for one in found] == [True] * (not is_well)
    assert not any("files" in one for one in found), "there are none that anybody could renew"


def test_whoever_connects_and_asks_nothing_keeps_prometheus_waiting_for_seconds_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[HTTPServer] = []

    def serve(server: HTTPServer) -> None:
        told.append(server)
        server.socket.settimeout(5)
        for _ in range(2):
            server.handle_request()

    monkeypatch.setattr(certificate, "_PORT", 0)
    monkeypatch.setattr(certificate, "_SECONDS", 0.2)
    monkeypatch.setattr(HTTPServer, "serve_forever", serve)
    serving = threading.Thread(target=certificate.tell, args=(DOMAIN, "internal"), daemon=True)
    serving.start()
    while not told:
        serving.join(0.01)
    with (
        told[0],
        socket.create_connection(("127.0.0.1", told[0].server_port)),
        socket.create_connection(("127.0.0.1", told[0].server_port), timeout=5) as prometheus,
    ):
        prometheus.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        assert prometheus.recv(12).endswith(b"200")
        serving.join(5)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Pair], None]:
    """Puts these into the folder that the operator renews."""
    monkeypatch.setattr(certificate, "FILES", tmp_path)

    def put(pair: Pair) -> None:
        for name, text in zip(("fullchain.pem", "privkey.pem"), pair, strict=True):
            (tmp_path / name).write_bytes(text)

    return put


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Pair], None]]:
    """Shows this one to whoever comes next."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(certificate, "GATEWAY", server.getsockname())

        def show(pair: Pair) -> None:
            both = tmp_path / "shown.pem"
            both.write_bytes(b"".join(pair))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(both)
            threading.Thread(target=_greet, args=(server, context), daemon=True).start()

        yield show


def _greet(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = server.accept()
    with context.wrap_socket(connection, server_side=True) as conversation:
        conversation.recv(1)


def test_a_renewed_file_that_the_gateway_does_not_show_is_not_well(
    folder: Callable[[Pair], None], gateway: Callable[[Pair], None]
) -> None:
    earlier, renewed = certificate_and_key("pairs", days=3), certificate_and_key("pairs", days=90)
    folder(renewed)

    gateway(earlier)
    found = examined(DOMAIN, "files")
    gateway(renewed)
    later = examined(DOMAIN, "files")

    assert [one.split(",")[0].partition(" on ")[0] for one in found] == [
        "The certificate ends",
        "The gateway shows another certificate than fullchain.pem",
    ]
    assert later == []


def test_a_gateway_that_shows_none_is_said_to_and_a_key_of_another_certificate_may_be_why(
    folder: Callable[[Pair], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "GATEWAY", ("127.0.0.1", 1))
    folder((certificate_and_key("pairs")[0], certificate_and_key("pairs")[1]))

    found = examined(DOMAIN, "files")

    assert [one.split(" (")[0].split(":")[0] for one in found] == [
        "The gateway shows no certificate",
        "privkey.pem is not the key of fullchain.pem",
    ]
    assert len(examined(DOMAIN, "internal")) == 1


def test_a_key_that_has_a_password_is_said_to_be_none_that_the_gateway_can_read(
    folder: Callable[[Pair], None], capsys: pytest.CaptureFixture[str]
) -> None:
    chain, key = certificate_and_key("pairs")
    locked = load_pem_private_key(key, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    folder((chain, locked))

    assert certificate.main([DOMAIN, "files"]) == 1
    assert "PAIRS_CERTIFICATES must have" in capsys.readouterr().out


def test_prometheus_is_told_when_it_ends() -> None:
    shown = x509.load_pem_x509_certificate(certificate_and_key("pairs", days=30)[0])

    name, seconds = exposed(shown).split()

    assert name == "pairs_certificate_ends_timestamp_seconds"
    assert 29.9 < (int(seconds) - machine_clock().timestamp()) / 86_400 < 30.1
