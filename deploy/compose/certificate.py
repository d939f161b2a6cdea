"""The gateway's certificate, where it comes as files: prints what is not well with it, and ends with 1 then.

python -m deploy.compose.certificate pairs.example
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from shared.kernel.clock import machine_clock

FILES = Path("/certificates")
SOON = timedelta(days=14)
"""Whoever renews it has a fortnight for finding out why it was not."""


def troubles(chain: bytes, key: bytes, domain: str, now: datetime) -> list[str]:
    """Sentences; none when all is well. Pure. Raises ValueError for what is neither.

    Args:
        now: UTC.
    """
    certificate = x509.load_pem_x509_certificates(chain)[0]
    return [
        *_lasts(certificate.not_valid_after_utc, now),
        *_fits(certificate, key),
        *_names(certificate, f"*.{domain}"),
    ]


def _lasts(end: datetime, now: datetime) -> list[str]:
    if end <= now:
        return [f"The certificate ended on {end:%d %B %Y}: browsers refuse every page. Renew its files."]
    return [f"The certificate ends on {end:%d %B %Y}. Renew its files before."] if end - now <= SOON else []


def _fits(certificate: x509.Certificate, key: bytes) -> list[str]:
    written = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = load_pem_private_key(key, None).public_key()
    if certificate.public_key().public_bytes(*written) == own.public_bytes(*written):
        return []
    return ["privkey.pem is not the key of fullchain.pem: the gateway shows the one that it had before."]


def _names(certificate: x509.Certificate, wanted: str) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return [f"The certificate names no host; it must name {wanted}."]
    if wanted in names.get_values_for_type(x509.DNSName):
        return []
    return [f"The certificate does not name {wanted}: browsers refuse hosts that it does not name."]


def main(domain: str) -> int:
    """1 when something is not well."""
    try:
        chain, key = ((FILES / name).read_bytes() for name in ("fullchain.pem", "privkey.pem"))
        found = troubles(chain, key, domain, machine_clock())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:  # TypeError: it has a password
        found = [f"PAIRS_CERTIFICATES must have fullchain.pem and privkey.pem, for user 10001: {type(error).__name__}."]
    for one in found:
        sys.stdout.write(f"   NOT WELL: {one}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
