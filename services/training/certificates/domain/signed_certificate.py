"""A certificate as a signed text, which another team or a stranger verifies without asking anyone.

It is a JWS in its compact form (RFC 7515) with an Ed25519 signature (RFC 8037): header, claims and signature in base64
with dots between. Any JOSE library reads it; the public keys are at `/check/keys` of the team.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from shared.contracts.training_codes import TrainingCourse


@dataclass(frozen=True)
class Claims:
    """What the team says that somebody learned."""

    team: str
    """The slug of the team that says so."""
    code: str
    name: str
    """As printed."""
    family_name: str
    course: TrainingCourse
    course_version: int
    level: int
    held_from: date
    until_on: date | None
    """The first day on which it no longer counts."""


def public_key(private: str) -> bytes:
    """Of a private key in hexadecimal: 32 bytes."""
    return _private(private).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """The JWK thumbprint (RFC 7638)."""
    needed = {name: jwk_members(public)[name] for name in ("crv", "kty", "x")}
    return _text(sha256(json.dumps(needed, separators=(",", ":")).encode()).digest())


def jwk_members(public: bytes) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _text(public)}


def jwk(public: bytes) -> dict[str, str]:
    """As JOSE libraries read it."""
    return {**jwk_members(public), "kid": key_id(public), "alg": "EdDSA", "use": "sig"}


def sign(claims: Claims, private: str) -> str:
    """The signed text; the same claims give the same one."""
    head = {"alg": "EdDSA", "kid": key_id(public_key(private))}
    said = f"{_json(head)}.{_json(asdict(claims))}"
    return f"{said}.{_text(_private(private).sign(said.encode()))}"


def read_signed(text: str, keys: Mapping[str, Iterable[bytes]]) -> Claims | None:
    """What it says; None when it is no such text, or none of the keys of the team that it names has signed it.

    Args:
        keys: public ones, by team.
    """
    try:
        said, _, signature = text.strip().rpartition(".")
        claims = _claims(json.loads(_bytes(said.partition(".")[2])))
        of_team = keys.get(claims.team, ())
        return claims if any(_verifies(key, _bytes(signature), said.encode()) for key in of_team) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _claims(said: dict[str, Any]) -> Claims:
    until_on: str | None = said.pop("until_on")
    return Claims(
        course=TrainingCourse(said.pop("course")),
        held_from=date.fromisoformat(said.pop("held_from")),
        until_on=date.fromisoformat(until_on) if until_on else None,
        **said,
    )


def _verifies(key: bytes, signature: bytes, said: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as in `_private`
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except InvalidSignature:
        return False
    return True


def _private(private: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - 10 MB, and few processes sign
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))


def _json(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":"), default=date.isoformat, ensure_ascii=False).encode())


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
