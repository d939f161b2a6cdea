"""The gateway of the Compose file without a region: where a team's service would be, one says what reached it."""

import os
import shutil
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.kernel.clock import machine_clock

ROOT = Path(__file__).parents[2]
PORT = 18444
PROJECT = "gateway-alone"
USER = 10001
DOMAIN = "pairs.localhost"
COMPOSE = ("docker", "compose", "-p", PROJECT, "--project-directory", ".", "-f", "deploy/compose/region.yml")


@dataclass
class Reached:
    """What came through to Blackpool's referral service, in order."""

    lines: list[str] = field(default_factory=list[str])
    addresses: list[str] = field(default_factory=list[str])
    unseen: list[str] = field(default_factory=list[str])
    """Those that the gateway did not know to be one: a second on a connection that is for one only."""


@dataclass(frozen=True)
class Gateway:
    """It runs; `certificates` is the folder that an operator renews."""

    certificates: Path
    reached: Reached

    def started(self) -> str:
        """When its container was, and which one it is."""
        name = f"{PROJECT}-gateway-1"
        return _docker("docker", "inspect", "--format", "{{.Id}} {{.State.StartedAt}}", name)


@contextmanager
def gateway_alone(folder: Path) -> Generator[Gateway]:
    """With a certificate in files, and one team; taken away at the end. Raises CalledProcessError."""
    for name in ("http", "http/blackpool", "routes", "data", "certificates"):
        (folder / name).mkdir()
        os.chown(folder / name, USER, USER)
    (folder / "routes" / "blackpool").touch()
    renew(folder / "certificates", of="first")
    override = folder / "alone.yml"
    override.write_text(_override(folder))
    environment = os.environ | {
        "PAIRS_TLS": "files",
        "PAIRS_HTTPS_PORT": str(PORT),
        "PAIRS_HTTPS_ADDRESS": "127.0.0.1",
        "PAIRS_CERTIFICATES": str(folder / "certificates"),
    }
    words = (*COMPOSE, "-f", str(override))
    with _referral(folder / "http" / "blackpool" / "referral.sock") as reached:
        try:
            _docker(*words, "up", "-d", "--no-deps", "--wait", "gateway", **environment)
            yield Gateway(folder / "certificates", reached)
        finally:
            _docker(*words, "down", **environment)
            shutil.rmtree(folder, ignore_errors=True)


def _override(folder: Path) -> str:
    mounts = {"http": "/http:ro", "routes": "/routes:ro", "data": "/gateway", "certificates": "/certificates:ro"}
    lines = [f"      - {folder / name}:{target}" for name, target in mounts.items()]
    scripts = [f"      - ./deploy/compose/{name}:/etc/caddy/{name}:ro" for name in ("Caddyfile", "gateway.sh")]
    return "\n".join(["services:", "  gateway:", "    volumes: !override", *scripts, *lines, ""])


def _docker(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def certificate_and_key(of: str, *, days: float = 30, hosts: str = f"*.{DOMAIN}") -> tuple[bytes, bytes]:
    """As PEM; it ends in so many days from now."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, of)])
    now = machine_clock()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1000))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(hosts)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), private


def renew(folder: Path, *, of: str, halves: tuple[str, ...] = ("fullchain.pem", "privkey.pem")) -> None:
    """As certbot does it: each file beside the old one, then in its place. `of` is whom the certificate names."""
    certificate, private = certificate_and_key(of)
    for half, text in (("fullchain.pem", certificate), ("privkey.pem", private)):
        if half in halves:
            draft = folder / f".{half}"
            draft.write_bytes(text)
            draft.chmod(0o400)
            os.chown(draft, USER, USER)
            draft.replace(folder / half)


def served(connection: ssl.SSLSocket) -> str:
    """Whom the certificate names that a visitor is shown."""
    told = connection.getpeercert(binary_form=True)
    assert told is not None
    [name] = x509.load_der_x509_certificate(told).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(name.value)


class _Unix(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """The gateway went away in the middle, as it should."""

    request_queue_size = 128


@contextmanager
def _referral(socket: Path) -> Generator[Reached]:
    reached = Reached()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        is_first = True

        def address_string(self) -> str:
            return "gateway"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            pass

        def answer(self) -> None:
            reached.lines.append(f"{self.command} {self.path}")
            reached.addresses.append(self.headers.get("X-Forwarded-For", ""))
            if not self.is_first or not reached.addresses[-1]:
                reached.unseen.append(self.path)
            self.is_first = False
            self.read_body()
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def read_body(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if "chunked" in self.headers.get("Transfer-Encoding", ""):
                while size := int(self.rfile.readline() or "0", 16):
                    self.rfile.read(size + 2)
                self.rfile.readline()

        do_GET = do_POST = answer  # noqa: N815 - the names that the library calls

    server = _Unix(str(socket), Answers)
    socket.chmod(0o666)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield reached
    finally:
        server.shutdown()
        server.server_close()
