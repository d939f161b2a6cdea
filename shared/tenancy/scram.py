"""PostgreSQL's SCRAM-SHA-256 verifier, made on our side: a password never travels to the server, nor into its log.

The format is that of `pg_authid.rolpassword` (PostgreSQL manual, "pg_authid"); the keys are those of RFC 5802.
"""

import base64
import hashlib
import hmac
import secrets

_ITERATIONS = 4096


def verifier(password: str) -> str:
    """What PostgreSQL keeps of this password (ASCII), with a new salt each time."""
    return _verifier(password, secrets.token_bytes(16), _ITERATIONS)


def fits(password: str, kept: str | None) -> bool:
    """True when PostgreSQL keeps a verifier of this password already."""
    if kept is None or not kept.startswith("SCRAM-SHA-256$"):
        return False
    iterations, salt = kept.split("$")[1].split(":")
    return hmac.compare_digest(_verifier(password, base64.b64decode(salt), int(iterations)), kept)


def _verifier(password: str, salt: bytes, iterations: int) -> str:
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    stored_key = hashlib.sha256(client_key).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${iterations}:{_text(salt)}${_text(stored_key)}:{_text(server_key)}"


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
