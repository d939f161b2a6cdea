"""The certificate that the gateway shows, and the files that it is to come from.

    python -m deploy.compose.certificate pairs.example files             prints what is not well, and ends with 1 then
    python -m deploy.compose.certificate pairs.example files --figures   tells Prometheus when it ends, until stopped

The second word is PAIRS_TLS: with `internal` there are no files, and the gateway renews its own twice a day.
"""

import socket
import ssl
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from shared.kernel.clock import machine_clock

FILES, GATEWAY = Path("/certificates"), ("gateway", 8443)
_NAMES = ("fullchain.pem", "privkey.pem")
SOON = timedelta(days=14)
"""Whoever renews it has a fortnight for finding out why it was not."""
_SECONDS = 5.0
_PORT = 9000


@dataclass(frozen=True)
class Files:
    """What an operator renews: the certificate, and whether the key beside it is its own."""

    certificate: x509.Certificate
    has_its_key: bool

    @classmethod
    def of(cls, chain: bytes, key: bytes) -> "Files":
        """Of PEM. Raises ValueError, TypeError (it has a password) or UnsupportedAlgorithm for what is neither."""
        certificate = x509.load_pem_x509_certificates(chain)[0]
        written = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        own = load_pem_private_key(key, None).public_key()
        return cls(certificate, certificate.public_key().public_bytes(*written) == own.public_bytes(*written))


def shown_by_gateway(domain: str) -> x509.Certificate:
    """What whoever opens the region's pages is shown. Raises OSError when the gateway does not answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it is judged, whoever vouches for it
    with (
        socket.create_connection(GATEWAY, timeout=_SECONDS) as connection,
        context.wrap_socket(connection, server_hostname=f"region.{domain}") as conversation,
    ):
        return x509.load_der_x509_certificate(conversation.getpeercert(binary_form=True) or b"")


def troubles(shown: x509.Certificate, files: Files | None, domain: str, now: datetime) -> list[str]:
    """Sentences; none when all is well. Pure.

    Args:
        files: none where the gateway makes its own.
        now: UTC.
    """
    if files is None:
        lasts = _lasts(shown, now, timedelta(), "The gateway did not renew it: docker compose logs gateway says why.")
        return [*lasts, *_names(shown, f"region.{domain}")]
    lasts = _lasts(shown, now, SOON, "Renew its files.")
    return [*lasts, *_names(shown, f"*.{domain}"), *(_fit(files) or _are_shown(files, shown))]


def _lasts(certificate: x509.Certificate, now: datetime, soon: timedelta, what_to_do: str) -> list[str]:
    left = certificate.not_valid_after_utc - now
    if left <= timedelta():
        return [f"The certificate ended on {_end(certificate)}: browsers refuse every page. {what_to_do}"]
    return [f"The certificate ends on {_end(certificate)}. Renew its files before."] if left <= soon else []


def _names(certificate: x509.Certificate, wanted: str) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return [f"The certificate names no host; it must name {wanted}."]
    if wanted in names.get_values_for_type(x509.DNSName):
        return []
    return [f"The certificate does not name {wanted}: browsers refuse hosts that it does not name."]


def _fit(files: Files) -> list[str]:
    if files.has_its_key:
        return []
    return ["privkey.pem is not the key of fullchain.pem: the gateway shows the one that it had before."]


def _are_shown(files: Files, shown: x509.Certificate) -> list[str]:
    if files.certificate == shown:
        return []
    which = f"fullchain.pem, which ends on {_end(files.certificate)}"
    when = "renewed files are taken within ten seconds; if not, docker compose logs gateway says why"
    return [f"The gateway shows another certificate than {which}: {when}."]


def _end(certificate: x509.Certificate) -> str:
    return f"{certificate.not_valid_after_utc:%d %B %Y}"


def examined(domain: str, tls: str) -> list[str]:
    """What is not well, as far as it can be looked at."""
    try:
        chain, key = ((FILES / name).read_bytes() if tls == "files" else b"" for name in _NAMES)
        files = Files.of(chain, key) if tls == "files" else None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        return [f"PAIRS_CERTIFICATES must have {' and '.join(_NAMES)}, for user 10001: {type(error).__name__}."]
    try:
        shown = shown_by_gateway(domain)
    except OSError as error:
        silent = f"The gateway shows no certificate ({type(error).__name__}): docker compose logs gateway says why."
        return [silent, *(_fit(files) if files else [])]
    return troubles(shown, files, domain, machine_clock())


def exposed(shown: x509.Certificate) -> str:
    """For Prometheus. Pure."""
    return f"pairs_certificate_ends_timestamp_seconds {int(shown.not_valid_after_utc.timestamp())}\n"


def tell(domain: str, tls: str) -> None:
    """Whoever asks, until it is stopped. Of its own certificates the gateway tells nothing: it renews them itself."""

    class Tells(BaseHTTPRequestHandler):
        timeout = _SECONDS
        """Of whoever connects and asks nothing: one is answered after the other."""

        def do_GET(self) -> None:
            is_asked = tls == "files" and self.path == "/metrics"
            try:
                status, text = 200, exposed(shown_by_gateway(domain)) if is_asked else ""
            except OSError as error:
                status, text = 503, f"{type(error).__name__}\n"
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(text.encode("ascii"))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            pass

    HTTPServer(("", _PORT), Tells).serve_forever()


def main(words: Sequence[str]) -> int:
    """1 when something is not well."""
    domain, tls, *how = words
    if how == ["--figures"]:
        tell(domain, tls)
    found = examined(domain, tls)
    for one in found:
        sys.stdout.write(f"   NOT WELL: {one}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
